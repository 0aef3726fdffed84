import { aimMs, type FrameTable, INSIDE_MS, type Span } from "~/watch/player/frameTable";
import { Seeks } from "~/watch/player/Seeks";
import { type Playback, Source } from "~/watch/player/Source";
import { AT_FIRST, type PlayerState, Store } from "~/watch/player/state";
import { LOST, type Trouble, troubleWith, UNSUPPORTED } from "~/watch/player/trouble";

export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
const RETRIES_MS = [500, 2000, 5000, 10_000];
/** A film's sound may last a little longer than its pictures. */
const TAIL_MS = 100;
/** Media times are floats, a little below or above their frame's true start. */
const ROUNDING_MS = 0.5;

/**
 * One film on one `<video>`: exact to the frame where the frame table is known.
 *
 * Knows no React: what changes rarely is in `store`, the place in the film is told to the listeners of `onTime`.
 */
export class Player {
  readonly store = new Store<PlayerState>(AT_FIRST);
  private video: HTMLVideoElement | null = null;
  private playback: Playback | null = null;
  private readonly source = new Source();
  private table: FrameTable | null = null;
  private startMs = 0;
  private shownMediaMs: number | null = null;
  private failures = 0;
  private playsWhenThere = false;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ticking = 0;
  private readonly timeListeners = new Set<(ms: number) => void>();
  private readonly pictureListeners = new Set<(mediaMs: number, atMs: number) => void>();
  private readonly seeks = new Seeks({
    target: (ms) => aimMs(this.table, ms),
    landed: () => {
      this.shownMediaMs = null;
      this.failures = 0;
      this.store.set({ shown: true, coming: false });
      this.tellTime();
      if (this.playsWhenThere) void this.play();
    },
  });

  /** Calls back whenever another place of the film is shown; returns how to stop it. */
  onTime(listener: (ms: number) => void): () => void {
    this.timeListeners.add(listener);
    listener(this.nowMs);
    return () => this.timeListeners.delete(listener);
  }

  /** Calls back with the film's own time of each picture, and when that is on the screen; returns how to stop it. */
  onPicture(listener: (mediaMs: number, atMs: number) => void): () => void {
    this.pictureListeners.add(listener);
    return () => this.pictureListeners.delete(listener);
  }

  /** Takes a `<video>` over; made for a React ref. */
  attach = (video: HTMLVideoElement): (() => void) => {
    this.video = video;
    video.preservesPitch = true;
    const stop = new AbortController();
    this.listen(video, stop.signal);
    this.open();
    return () => {
      stop.abort();
      this.seeks.cancel();
      clearTimeout(this.retry);
      cancelAnimationFrame(this.ticking);
      this.source.release();
      this.video = null;
    };
  };

  /**
   * Says what to play, and where to begin. Told again with a finished film instead of a growing one, it changes
   * over, keeps the place and goes on playing if it was.
   */
  load(playback: Playback, startMs = 0): void {
    const first = this.playback === null;
    const finished = this.source.kind === "hls" && Boolean(playback.mp4);
    this.playback = playback;
    if (first) this.startMs = startMs;
    if (first) this.open();
    else if (finished) this.open(this.nowMs);
  }

  get frames(): FrameTable | null {
    return this.table;
  }

  setFrames(table: FrameTable | null): void {
    const { wantedMs } = this.seeks;
    this.table = table;
    if (!table || wantedMs === null) return;
    // A seek that began without the table aimed a little after the time that was given: is that its frame?
    if (table.frameAt(wantedMs + INSIDE_MS) !== table.nearest(wantedMs)) this.goTo(wantedMs);
  }

  /** Whether the wanted frame is on the screen, and there is more of the film to go on with. */
  get isReady(): boolean {
    const { video } = this;
    if (!video || this.seeks.wantedMs !== null || video.seeking) return false;
    return video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA || (video.ended && video.readyState >= 2);
  }

  /** Where the frame starts that is shown, or will be as soon as the seek under way ends. */
  get nowMs(): number {
    if (this.seeks.wantedMs !== null) return this.seeks.wantedMs;
    if (!this.video || this.video.readyState < HTMLMediaElement.HAVE_METADATA) return this.startMs;
    const ms = this.shownMediaMs ?? this.video.currentTime * 1000;
    return this.table ? this.table.startMs(this.table.frameAt(ms + ROUNDING_MS)) : ms;
  }

  async play(): Promise<void> {
    const { span } = this.store.get();
    if (span && !this.isInside(span, this.nowMs)) this.goTo(span.startMs);
    // A film that is still being made has no source before its player's code is here, and then stops once more.
    this.playsWhenThere = this.source.kind === "hls" && !this.isOpen;
    if (this.playsWhenThere) return;
    try {
      await this.video?.play();
    } catch {
      // The browser wants a tap first; the big play button is there for it.
      this.store.set({ playing: false });
    }
  }

  pause(): void {
    this.playsWhenThere = false;
    this.video?.pause();
  }

  toggle(): void {
    if (this.video?.paused) void this.play();
    else this.pause();
  }

  /** Goes to the frame nearest to a time. Of many seeks in a row (a drag) the latest wins. */
  seek(ms: number): void {
    const { span, looping } = this.store.get();
    if (span && !looping && !this.isInside(span, ms)) this.leaveSpan();
    this.goTo(ms);
  }

  /** Pauses, and moves by whole frames. */
  step(by: number): void {
    this.pause();
    const { table } = this;
    if (table) this.seek(table.startMs(table.step(table.nearest(this.nowMs), by)));
    else this.seek(this.nowMs + (by * 1000) / 30);
  }

  /** Moves by a length of time, and goes on playing if it was. */
  jumpBy(byMs: number): void {
    this.seek(this.nowMs + byMs);
  }

  /** Plays exactly the frames of a span: once, holding its last frame, or over and over. */
  playSpan(span: Span, { loop = false, fromMs = span.startMs } = {}): void {
    this.store.set({ span, looping: loop });
    this.goTo(fromMs);
    void this.play();
  }

  leaveSpan(): void {
    this.store.set({ span: null, looping: false });
  }

  setRate(rate: number): void {
    if (!this.video) return;
    this.video.defaultPlaybackRate = rate;
    this.video.playbackRate = rate;
  }

  setMuted(muted: boolean): void {
    if (this.video) this.video.muted = muted;
  }

  retryNow = (): void => {
    clearTimeout(this.retry);
    if (this.store.get().trouble) this.open(this.nowMs);
  };

  private listen(video: HTMLVideoElement, signal: AbortSignal): void {
    const { store } = this;
    const on = (type: string, listener: () => void) => video.addEventListener(type, listener, { signal });
    on("loadedmetadata", () => this.onOpened(video));
    on("durationchange", () => this.onDuration(video));
    on("loadeddata", () => this.onData(video));
    on("play", () => this.onPlaying(true));
    on("pause", () => this.onPlaying(false));
    on("waiting", () => store.set({ waiting: true }));
    on("playing", () => store.set({ waiting: false }));
    on("canplay", () => store.set({ waiting: false }));
    on("ratechange", () => store.set({ rate: video.playbackRate }));
    on("volumechange", () => store.set({ muted: video.muted }));
    on("ended", () => this.onSpanMaybeOver(Number.POSITIVE_INFINITY));
    on("timeupdate", () => {
      // A hidden page gets no frame callbacks, and the sound must not run past the end of a clip.
      if (document.hidden) this.onSpanMaybeOver(video.currentTime * 1000);
    });
    on("error", () => this.onError(video));
    window.addEventListener("online", this.retryNow, { signal });
    const onFrame: VideoFrameRequestCallback = (_now, { mediaTime, expectedDisplayTime }) => {
      if (signal.aborted) return;
      if (!video.seeking) {
        this.shownMediaMs = mediaTime * 1000;
        this.onSpanMaybeOver(this.shownMediaMs);
        for (const listener of this.pictureListeners) listener(mediaTime * 1000, expectedDisplayTime);
      }
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback?.(onFrame);
  }

  private open(fromMs = this.startMs): void {
    const { video, playback } = this;
    if (!video || !playback) return;
    const resume = this.store.get().playing || this.playsWhenThere;
    this.seeks.cancel();
    this.seeks.wantedMs = fromMs;
    this.shownMediaMs = null;
    this.source.open(video, playback, aimMs(this.table, fromMs), () => this.fail(LOST));
    this.store.set({ trouble: null, shown: false, coming: this.isComing(fromMs) });
    // The place is known before anything of it can be seen: the timeline shows where one waits.
    this.tellTime();
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) this.onOpened(video);
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) this.onData(video);
    if (resume) void this.play();
  }

  private onOpened(video: HTMLVideoElement): void {
    this.onDuration(video);
    if (video.videoHeight > 0) this.store.set({ aspect: video.videoWidth / video.videoHeight });
    this.seeks.go(video);
  }

  private onDuration({ duration }: HTMLVideoElement): void {
    if (!Number.isFinite(duration)) return;
    this.store.set({ durationMs: duration * 1000 });
  }

  private get isOpen(): boolean {
    return this.video !== null && this.video.readyState >= HTMLMediaElement.HAVE_METADATA;
  }

  /** Whether this place of a film that is still being made isn't here yet: the server may have to make it first. */
  private isComing(ms: number): boolean {
    if (this.source.kind !== "hls" || !this.video) return false;
    const { buffered } = this.video;
    const aimS = aimMs(this.table, ms) / 1000;
    return !Array.from({ length: buffered.length }, (_, n) => n).some(
      (n) => buffered.start(n) <= aimS && aimS < buffered.end(n),
    );
  }

  private onData({ videoWidth }: HTMLVideoElement): void {
    // HEVC without a decoder: no error, no picture.
    if (videoWidth === 0) this.fail(UNSUPPORTED);
  }

  private goTo(ms: number): void {
    const there = this.source.kind === "hls" ? this.table?.durationMs : this.store.get().durationMs;
    const wantedMs = Math.min(Math.max(ms, 0), there || Number.POSITIVE_INFINITY);
    this.store.set({ coming: this.isComing(wantedMs) });
    this.seeks.want(this.video, wantedMs);
    this.tellTime();
  }

  private tellTime(): void {
    const now = this.nowMs;
    for (const listener of this.timeListeners) listener(now);
  }

  private onPlaying(playing: boolean): void {
    this.store.set({ playing });
    cancelAnimationFrame(this.ticking);
    const tick = () => {
      this.tellTime();
      this.ticking = requestAnimationFrame(tick);
    };
    if (playing) tick();
    else this.tellTime();
  }

  /** Ends or repeats the span when its last frame is the one at `ms`. */
  private onSpanMaybeOver(ms: number): void {
    const { span, looping, playing } = this.store.get();
    const atFilmsEnd = ms === Number.POSITIVE_INFINITY;
    if (!span || !this.video || this.seeks.wantedMs !== null || !(playing || atFilmsEnd)) return;
    // Which frame is the last isn't known without a table; but the film's own end tells itself.
    if (!this.table && !atFilmsEnd && span.endMs + TAIL_MS >= this.store.get().durationMs) return;
    const { startMs: lastMs, endMs } = this.lastFrameOf(span);
    if (ms + ROUNDING_MS < lastMs) return;
    if (looping) {
      this.goTo(span.startMs);
      if (this.video.paused) void this.play();
      return;
    }
    this.video.pause();
    if (Math.max(ms, this.video.currentTime * 1000) + ROUNDING_MS >= endMs) this.goTo(lastMs);
  }

  private lastFrameOf(span: Span): Span {
    if (!this.table) return { startMs: span.endMs - 1000 / 30, endMs: span.endMs };
    const { last } = this.table.framesOf(span);
    return { startMs: this.table.exactMs(last), endMs: this.table.exactMs(last + 1) };
  }

  /** Inside a span, but not yet on its last frame. */
  private isInside(span: Span, ms: number): boolean {
    return ms + INSIDE_MS >= span.startMs && ms + ROUNDING_MS < this.lastFrameOf(span).startMs;
  }

  private onError(video: HTMLVideoElement): void {
    const url = this.playback?.mp4 ?? this.playback?.hls;
    // hls.js heals what it plays by itself; and a source that we took away is told as an error too.
    if (!url || !video.getAttribute("src") || video.src.startsWith("blob:")) return;
    void troubleWith(url).then((trouble) => this.fail(trouble));
  }

  private fail({ sentence, passing }: Trouble): void {
    // However long it takes: a film that somebody watches goes on when its server is back.
    const wait = RETRIES_MS[this.failures] ?? RETRIES_MS.at(-1);
    this.failures += 1;
    this.seeks.wantedMs = this.nowMs;
    this.store.set({ trouble: sentence, waiting: false });
    if (!passing) return;
    clearTimeout(this.retry);
    this.retry = setTimeout(this.retryNow, wait);
  }
}
