interface Placed {
  key: string;
  startMs: number;
  endMs: number | null;
}

/** How long a point stays the one that is spoken about. */
const POINT_MS = 5000;

export function inTimeOrder<T extends Placed>(moments: T[]): T[] {
  return [...moments].sort(
    (a, b) => a.startMs - b.startMs || (a.endMs ?? a.startMs) - (b.endMs ?? b.startMs),
  );
}

/** The moment that the film is at: of those that last until now, the one that began last. */
export function currentKey(inOrder: Placed[], nowMs: number): string | null {
  let current: string | null = null;
  for (const { key, startMs, endMs } of inOrder) {
    if (startMs > nowMs) break;
    if (nowMs < (endMs ?? startMs + POINT_MS)) current = key;
  }
  return current;
}

/** The last moment that the film has come to; where a list should be open, also between moments. */
export function reachedKey(inOrder: Placed[], nowMs: number): string | null {
  return inOrder.findLast(({ startMs }) => startMs <= nowMs)?.key ?? null;
}

/** What a press of *Moment* means: the ten seconds before it, up to now. */
export function tenSecondsBefore(nowMs: number): { startMs: number; endMs: number } {
  const endMs = Math.max(Math.round(nowMs), 1);
  return { startMs: Math.max(endMs - 10_000, 0), endMs };
}
