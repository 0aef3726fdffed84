const ONCE_A_MINUTE_MS = 60_000;
const RELOADED_AT = "pennydrop-reloaded-at";

/** After an update an open page may ask for a file that is no longer there: it is loaded anew, once. */
export function reloadWhenUpdated(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const before = Number(sessionStorage.getItem(RELOADED_AT) ?? 0);
    if (!navigator.onLine || Date.now() - before < ONCE_A_MINUTE_MS) return;
    event.preventDefault();
    sessionStorage.setItem(RELOADED_AT, String(Date.now()));
    window.location.reload();
  });
}

/** Keeps the app's own files on the device, so that it opens without a network. Only in a real build. */
export function startServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const register = () =>
    navigator.serviceWorker.register("/sw.js").catch(() => {
      // Private windows forbid it; the app works the same, only not offline.
    });
  // The page itself comes first; by the time the app has begun, it mostly is there.
  if (document.readyState === "complete") void register();
  else window.addEventListener("load", register, { once: true });
}
