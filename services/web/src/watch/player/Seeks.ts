import { painted, presented } from "~/watch/player/presented";

/** A seek that hasn't ended after this long gives way to a newer one. */
const PATIENCE_MS = 250;

const SAME_PLACE_S = 0.001;

interface Hooks {
  /** What to give the browser for a place in the film, in milliseconds. */
  target: (ms: number) => number;
  /** The wanted picture is on the screen, and no newer seek waits. */
  landed: () => void;
}

/** Does one seek at a time on a `<video>`; while one is under way only the latest wish is kept. */
export class Seeks {
  /** The place of the seek that is under way, or waits until the film is open. */
  wantedMs: number | null = null;
  private underWay: AbortController | null = null;
  private since = 0;

  constructor(private readonly hooks: Hooks) {}

  want(video: HTMLVideoElement | null, ms: number): void {
    this.wantedMs = ms;
    this.go(video);
  }

  /** Starts the seek that waits, if there is one and the film is open. */
  go(video: HTMLVideoElement | null): void {
    const { wantedMs } = this;
    if (!video || wantedMs === null || video.readyState < HTMLMediaElement.HAVE_METADATA) return;
    if (this.underWay && performance.now() - this.since < PATIENCE_MS) return;
    this.cancel();
    const underWay = new AbortController();
    this.underWay = underWay;
    this.since = performance.now();
    const targetS = Math.min(this.hooks.target(wantedMs) / 1000, video.duration);
    // A film that opens at the right place is on its way there already; seeking again would only delay it.
    const isThere = Math.abs(video.currentTime - targetS) <= SAME_PLACE_S;
    const isDone = isThere && !video.seeking && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (!isDone && !(isThere && video.seeking)) video.currentTime = targetS;
    const shown = isDone ? painted() : presented(video, targetS, underWay.signal);
    void shown.then(() => {
      if (underWay.signal.aborted) return;
      this.underWay = null;
      if (this.wantedMs !== wantedMs) return this.go(video);
      this.wantedMs = null;
      this.hooks.landed();
    });
  }

  /** Forgets the seek under way, but not the place it was for. */
  cancel(): void {
    this.underWay?.abort();
    this.underWay = null;
  }
}
