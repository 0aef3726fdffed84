/**
 * Resolves when the picture of the seek under way is on the screen.
 *
 * `requestVideoFrameCallback` tells exactly, but keeps silent when the seek lands on the frame already shown;
 * so it races with `seeked` and a short rest for painting.
 */
export function presented(video: HTMLVideoElement, targetS: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let callback = 0;
    let rest: ReturnType<typeof setTimeout> | undefined;
    let framePainted = false;
    const done = () => {
      if (callback) video.cancelVideoFrameCallback(callback);
      clearTimeout(rest);
      video.removeEventListener("seeked", onSeeked);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const onSeeked = () => {
      if (framePainted) done();
      else rest = setTimeout(done, 60);
    };
    const watchFrames = () => {
      callback = video.requestVideoFrameCallback((_now, { mediaTime }) => {
        // A frame of before the seek may still be on its way to the screen.
        framePainted ||= mediaTime <= targetS + 0.001 && targetS - mediaTime < 0.5;
        if (framePainted && !video.seeking) done();
        else watchFrames();
      });
    };
    video.addEventListener("seeked", onSeeked);
    signal.addEventListener("abort", done);
    if ("requestVideoFrameCallback" in video) watchFrames();
  });
}

/** Resolves when what the page holds now has been painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
