/**
 * Plays a film that is still being made. Its code is loaded only here, when such a film is opened: the full build,
 * as pictures and sound come apart.
 */
export async function playGrowing(
  video: HTMLVideoElement,
  url: string,
  startMs: number,
  onLost: () => void,
): Promise<() => void> {
  const { default: Hls } = await import("hls.js");
  if (!Hls.isSupported()) {
    // Safari on a phone plays it by itself.
    video.src = url;
    return () => video.removeAttribute("src");
  }
  const hls = new Hls({
    startPosition: startMs / 1000,
    backBufferLength: 60,
    fragLoadPolicy: { default: PATIENTLY },
    // The sound has a track of its own; there are no others to choose from.
    renderTextTracksNatively: false,
  });
  hls.on(Hls.Events.ERROR, (_event, { fatal, type }) => {
    if (!fatal) return;
    if (type === Hls.ErrorTypes.MEDIA_ERROR) hls.recoverMediaError();
    else onLost();
  });
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}

const AGAIN = { maxNumRetry: 600, retryDelayMs: 500, maxRetryDelayMs: 1000 };

/** The server keeps a request for a place that isn't made yet for some seconds, then has it asked again. */
const PATIENTLY = {
  maxTimeToFirstByteMs: 20_000,
  maxLoadTimeMs: 120_000,
  timeoutRetry: AGAIN,
  errorRetry: AGAIN,
};
