/** A video's frames as the server writes them: runs of equal steps between presentation times. */
export interface FrameTableJson {
  timescale: number;
  /** `[count, delta]` in ticks, from the first frame on. */
  deltas: [number, number][];
  /** Where the last frame ends, in ticks. */
  end: number;
}

/** A half-open stretch `[startMs, endMs)` of one video's timeline, in whole milliseconds. */
export interface Span {
  startMs: number;
  endMs: number;
}

/**
 * When each frame of a video is on the screen. Frame 0 starts at time 0.
 *
 * People's times are whole milliseconds and mean *the nearest frame*; a player seeks to the middle of that
 * frame, so that rounding in any browser can't land on its neighbour.
 */
export class FrameTable {
  private constructor(
    private readonly timescale: number,
    private readonly starts: Float64Array,
    private readonly end: number,
  ) {}

  static fromJson({ timescale, deltas, end }: FrameTableJson): FrameTable {
    const total = deltas.reduce((sum, [count]) => sum + count, 0);
    const starts = new Float64Array(total + 1);
    let [index, tick] = [0, 0];
    for (const [count, delta] of deltas) {
      for (let i = 0; i < count; i++) {
        tick += delta;
        starts[++index] = tick;
      }
    }
    // The last step may be the one to the film's end, where no frame starts.
    const frames = total > 0 && tick >= end ? starts.subarray(0, total) : starts;
    return new FrameTable(timescale, frames, end);
  }

  get count(): number {
    return this.starts.length;
  }

  get durationMs(): number {
    return this.toMs(this.end);
  }

  /** The frame on the screen at a playing time (any fraction of a millisecond). */
  frameAt(ms: number): number {
    const ticks = (ms * this.timescale) / 1000;
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tick(middle) <= ticks) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The frame that starts nearest to a time a person gave. */
  nearest(ms: number): number {
    const before = this.frameAt(ms);
    if (before + 1 >= this.count) return before;
    const ticks = (ms * this.timescale) / 1000;
    return this.tick(before + 1) - ticks <= ticks - this.tick(before) ? before + 1 : before;
  }

  /** Where a frame starts, exactly. */
  exactMs(frame: number): number {
    return this.toMs(this.tick(frame));
  }

  /** Where a frame starts, as a whole millisecond; `nearest` of it is the frame again. */
  startMs(frame: number): number {
    return Math.round(this.exactMs(frame));
  }

  /** What to seek to, so that exactly this frame is shown. */
  middleMs(frame: number): number {
    return (this.exactMs(frame) + this.exactMs(frame + 1)) / 2;
  }

  step(frame: number, by: number): number {
    return Math.min(Math.max(frame + by, 0), this.count - 1);
  }

  snap(ms: number): number {
    return this.startMs(this.nearest(ms));
  }

  /** The frames of a span: the first one, and the last one that is still shown. */
  framesOf({ startMs, endMs }: Span): { first: number; last: number } {
    const first = this.nearest(startMs);
    const last = this.boundary(endMs) - 1;
    return { first, last: Math.max(first, last) };
  }

  /** The span of whole frames nearest to this one; never empty. */
  snapSpan(span: Span): Span {
    const { first, last } = this.framesOf(span);
    return { startMs: this.startMs(first), endMs: this.startMs(last + 1) };
  }

  /** Like `nearest`, but the film's end is a place too. */
  private boundary(ms: number): number {
    const frame = this.nearest(ms);
    if (frame < this.count - 1) return frame;
    return this.durationMs - ms < ms - this.exactMs(frame) ? this.count : frame;
  }

  private tick(frame: number): number {
    return this.starts[frame] ?? this.end;
  }

  private toMs(ticks: number): number {
    return (ticks * 1000) / this.timescale;
  }
}
