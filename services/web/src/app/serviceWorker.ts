/** Keeps the app's own files on the device, so that it opens without a network. Only in a real build. */
export function startServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/sw.js").catch(() => {
      // Private windows forbid it; the app works the same, only not offline.
    });
  });
}
