/** Plays a film that is still growing. Its code is loaded only here, when such a film is opened. */
export async function playGrowing(
  video: HTMLVideoElement,
  url: string,
  startMs: number,
  onLost: () => void,
): Promise<() => void> {
  const { default: Hls } = await import("hls.js/light");
  if (!Hls.isSupported()) {
    // Safari on a phone plays it by itself.
    video.src = url;
    return () => video.removeAttribute("src");
  }
  const hls = new Hls({ startPosition: startMs / 1000, backBufferLength: 60 });
  hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else onLost();
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}
