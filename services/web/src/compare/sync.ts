/** What a film shows: its own time, and when that picture is, or will be, on the screen. */
export interface Reading {
  mediaMs: number;
  atMs: number;
}

/** How fast the follower may run beside the leader, to catch up or to let it come: nobody sees so little. */
export const MOST_TRIM = 0.08;
/** What is left of a drift is to be gone in about this long. */
const HORIZON_MS = 700;
/**
 * The follower never runs at exactly the leader's rate: each time Chromium goes from 1 to another rate, or back, it
 * changes how it stretches sound, and the film jumps by some 25 ms. So it always runs a hair faster or slower.
 */
export const LEAST_TRIM = 0.0015;
/** So far off, waiting for each other is quicker than running after each other. */
export const SEEK_BEYOND_MS = 250;

/** How long a picture tells something of a film's clock. */
const WINDOW_MS = 1200;
/** So many pictures are needed to tell a clock from chance. */
const ENOUGH = 5;
/** Pictures come late, one in a while very late, but never early; yet one may say that it did. */
const TRUSTED = 0.85;
/** A film that hasn't shown a picture for so long stands, or is out of sight. */
const STALE_MS = 600;

/**
 * Where a film's clock is, read off the pictures it shows.
 *
 * A picture comes to the screen up to a sixtieth of a second after its time, on a busy machine much later. So
 * the punctual ones of the last second count, and what the pace was in between is taken into account.
 */
export class Clock {
  private pace = 1;
  private ran = 0;
  private since = 0;
  private known: { atMs: number; ahead: number }[] = [];

  /** It begins to run, or to run from somewhere else. */
  restart(nowMs: number, pace: number): void {
    this.known = [];
    this.ran = 0;
    this.since = nowMs;
    this.pace = pace;
  }

  setPace(nowMs: number, pace: number): void {
    this.ran = this.ranUntil(nowMs);
    this.since = nowMs;
    this.pace = pace;
  }

  show({ mediaMs, atMs }: Reading): void {
    this.known = this.known.filter((one) => atMs - one.atMs < WINDOW_MS);
    this.known.push({ atMs, ahead: mediaMs - this.ranUntil(atMs) });
  }

  /** The film's own time at an instant; null while its pictures don't tell. */
  at(nowMs: number): number | null {
    const last = this.known.at(-1);
    if (!last || this.known.length < ENOUGH || nowMs - last.atMs > STALE_MS) return null;
    const ahead = this.known.map((one) => one.ahead).sort((a, b) => a - b);
    return (ahead[Math.floor((ahead.length - 1) * TRUSTED)] ?? 0) + this.ranUntil(nowMs);
  }

  private ranUntil(nowMs: number): number {
    return this.ran + (nowMs - this.since) * this.pace;
  }
}

export type Correction = { kind: "rate"; rate: number } | { kind: "realign" };

/** What brings a follower back that is `drift` ahead: a slightly other rate, or both waiting for each other. */
export function correct(drift: number, rate: number): Correction {
  if (Math.abs(drift) > SEEK_BEYOND_MS) return { kind: "realign" };
  // Slow motion doesn't make a distance in film smaller: it takes longer to run.
  const wanted = Math.min(MOST_TRIM, Math.max(LEAST_TRIM, Math.abs(drift) / (HORIZON_MS * rate)));
  return { kind: "rate", rate: rate * (1 - Math.sign(drift || -1) * wanted) };
}

const MOST_LAG_MS = 200;

/** A film starts some time after it is told to. No two do so equally late, but each about as late as last time. */
export class StartLag {
  /** How much later the follower starts than the leader. */
  private lagMs = 0;

  /** How long to hold back the leader and the follower, so that both are seen to start together. */
  get holdMs(): { leader: number; follower: number } {
    return { leader: Math.max(0, this.lagMs), follower: Math.max(0, -this.lagMs) };
  }

  /** Learns from the drift that a start left. */
  learn(drift: number, rate: number): void {
    this.lagMs = Math.max(-MOST_LAG_MS, Math.min(MOST_LAG_MS, this.lagMs - (0.6 * drift) / rate));
  }

  /** The two have changed places. */
  swap(): void {
    this.lagMs = -this.lagMs;
  }
}
