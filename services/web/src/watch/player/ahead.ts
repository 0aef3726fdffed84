import { addressAt } from "~/watch/player/Source";
import { savesData } from "~/watch/player/thrift";

const FORGOTTEN_AFTER_MS = 5000;

let ahead: { url: string; video: HTMLVideoElement } | null = null;
let forgetting: ReturnType<typeof setTimeout> | undefined;

/**
 * Begins to open a film before its page is there: at most one, the latest. A film that is only `likely` to be
 * wanted gives its header and little more. Nothing at all for somebody who saves data.
 */
export function openAhead(url: string, targetMs: number, { likely = false } = {}): void {
  if (savesData()) return;
  clearTimeout(forgetting);
  if (ahead?.url === url) {
    if (likely) return;
    ahead.video.preload = "auto";
    ahead.video.currentTime = targetMs / 1000;
    return;
  }
  drop();
  const video = document.createElement("video");
  video.preload = likely ? "metadata" : "auto";
  video.src = addressAt(url, targetMs);
  ahead = { url, video };
}

/** Lets go of the film shortly, unless its page comes for it meanwhile. */
export function forgetAhead(): void {
  clearTimeout(forgetting);
  forgetting = setTimeout(drop, FORGOTTEN_AFTER_MS);
}

function drop(): void {
  ahead?.video.removeAttribute("src");
  ahead?.video.load();
  ahead = null;
}

/** The `<video>` in which this film is being opened already; null when it isn't. It is the caller's from now on. */
export function takeAhead(url: string | null | undefined): HTMLVideoElement | null {
  const video = ahead && ahead.url === url && !ahead.video.error ? ahead.video : null;
  if (video) ahead = null;
  return video;
}
