/** A video's frames as the server writes them: runs of equal steps from one frame to the next. */
export interface FrameTableJson {
  timescale: number;
  /** `[count, delta]` in ticks. */
  deltas: [number, number][];
  /** Where the last frame ends, in ticks. */
  end: number;
}

/** A half-open stretch `[startMs, endMs)` of one video's timeline, in whole milliseconds. */
export interface Span {
  startMs: number;
  endMs: number;
}

/** Without a frame table: a whole millisecond may lie just below its frame's start, so aim inside it. */
export const INSIDE_MS = 2;

/** What to give the browser to show the frame nearest to a time: the middle of that frame. */
export function aimMs(table: FrameTable | null, ms: number): number {
  return table ? table.middleMs(table.nearest(ms)) : ms + INSIDE_MS;
}

/**
 * When each frame of a video is on the screen: the mirror of the server's `pennydrop.media.frames`.
 *
 * People's times are whole milliseconds, rounded down, and mean *the nearest frame*. A player seeks to the middle
 * of that frame, so that rounding in any browser can't land on its neighbour.
 */
export class FrameTable {
  /** Every frame's start and the film's end, in whole milliseconds. */
  private readonly starts: Float64Array;

  private constructor(
    private readonly timescale: number,
    private readonly ticks: Float64Array,
  ) {
    this.starts = ticks.map((tick) => Math.floor((tick * 1000) / timescale));
  }

  static fromJson({ timescale, deltas, end }: FrameTableJson): FrameTable {
    const steps = deltas.reduce((sum, [count]) => sum + count, 0);
    const ticks = new Float64Array(steps + 2);
    let [frame, tick] = [0, 0];
    for (const [count, delta] of deltas) {
      for (let i = 0; i < count; i++) {
        tick += delta;
        ticks[++frame] = tick;
      }
    }
    ticks[frame + 1] = end;
    return new FrameTable(timescale, ticks);
  }

  get count(): number {
    return this.ticks.length - 1;
  }

  get durationMs(): number {
    return this.startMs(this.count);
  }

  /** The frame on the screen at a media time, which has fractions of milliseconds. */
  frameAt(mediaMs: number): number {
    const ticks = (mediaMs * this.timescale) / 1000;
    return Math.min(Math.max(countUpTo(this.ticks, ticks) - 1, 0), this.count - 1);
  }

  /** The frame whose start is nearest to a time a person gave; the earlier one of two. */
  nearest(ms: number): number {
    return this.boundary(ms, this.count - 1);
  }

  /** Where a frame starts, as a whole millisecond; `nearest` of it is the frame again. */
  startMs(frame: number): number {
    return this.starts[frame] ?? 0;
  }

  /** Where a frame starts in the film's own time. */
  exactMs(frame: number): number {
    return ((this.ticks[frame] ?? 0) * 1000) / this.timescale;
  }

  /** What to seek to, so that exactly this frame is shown. */
  middleMs(frame: number): number {
    return (this.exactMs(frame) + this.exactMs(frame + 1)) / 2;
  }

  step(frame: number, by: number): number {
    return Math.min(Math.max(frame + by, 0), this.count - 1);
  }

  /** The frames of a span: the first one, and the last one that is still shown. */
  framesOf({ startMs, endMs }: Span): { first: number; last: number } {
    const first = this.nearest(startMs);
    return { first, last: Math.max(this.boundary(endMs, this.count) - 1, first) };
  }

  /** The span of whole frames nearest to this one; never empty. */
  snapSpan(span: Span): Span {
    return this.spanOf(this.framesOf(span));
  }

  /** The time that some neighbouring frames are shown. */
  spanOf({ first, last }: { first: number; last: number }): Span {
    return { startMs: this.startMs(first), endMs: Math.max(this.startMs(last + 1), this.startMs(first) + 1) };
  }

  /** The boundary between frames that is nearest to a time, `limit`'s start at most. */
  private boundary(ms: number, limit: number): number {
    const before = Math.min(Math.max(countUpTo(this.starts, ms) - 1, 0), limit);
    if (before === limit || ms <= this.startMs(before)) return this.firstOf(before);
    const isNearer = this.startMs(before + 1) - ms < ms - this.startMs(before);
    return isNearer ? before + 1 : this.firstOf(before);
  }

  /** Of several frames that start in the same millisecond, the first. */
  private firstOf(frame: number): number {
    let first = frame;
    while (first > 0 && this.starts[first - 1] === this.starts[frame]) first -= 1;
    return first;
  }
}

/** How many of the ascending values are not above a limit. */
function countUpTo(values: Float64Array, limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
