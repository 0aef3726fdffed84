import type { Seen } from "~/api/types";
import type { Span } from "~/watch/player/frameTable";

export type SideName = "model" | "take";
export const SIDES: SideName[] = ["model", "take"];
export const other = (side: SideName): SideName => (side === "model" ? "take" : "model");

/**
 * Two films on one line: where each of them is when the line is at 0. At `t` on the line, a film is at its own
 * place plus `t`; before its beginning it waits on its first picture, after its end on its last.
 */
export type Line = Record<SideName, number>;
export type Lengths = Record<SideName, number>;

/** A picture is on the screen until the next one comes: the end itself is past the last of them. */
const LAST_MS = 10;

export function placeOn(line: Line, lengths: Lengths, side: SideName, atMs: number): number {
  return Math.min(Math.max(atMs + line[side], 0), Math.max(lengths[side] - LAST_MS, 0));
}

/** Whether a film moves at this place of the line: it has begun, and isn't over. */
export function isOn(line: Line, lengths: Lengths, side: SideName, atMs: number): boolean {
  const ownMs = atMs + line[side];
  // A little before its beginning is at its beginning: whole milliseconds are rounded down.
  return ownMs > -2 && ownMs < lengths[side] - LAST_MS;
}

/** From the first picture of either to the last of either. */
export function boundsOf(line: Line, lengths: Lengths): Span {
  return {
    startMs: Math.min(-line.model, -line.take),
    endMs: Math.max(lengths.model - line.model, lengths.take - line.take),
  };
}

/** Where nobody said where it ends, a criterion is looked at for this long. */
const LOOK_MS = 10_000;

/** Where a criterion is to be seen in one film; null while nobody has said so. */
export function stretchOf(places: Seen[], criterion: string | null, durationMs: number): Span | null {
  const seen = places.find((one) => one.criterion === criterion);
  if (!seen) return null;
  const startMs = Math.min(seen.start_ms, Math.max(durationMs - 1, 0));
  const next = places.map((one) => one.start_ms).filter((ms) => ms > startMs);
  const endMs = seen.end_ms ?? Math.min(startMs + LOOK_MS, ...next);
  return { startMs, endMs: Math.max(Math.min(endMs, durationMs), startMs + 1) };
}

export interface Stretches {
  model: Span | null;
  take: Span | null;
}

/** The line of a criterion: both are at its beginning when the line is at 0; who has no place for it, at its own. */
export function lineOf({ model, take }: Stretches, shiftMs: number): Line {
  return { model: model?.startMs ?? 0, take: (take?.startMs ?? 0) + shiftMs };
}

/** What of the line shows a criterion: as long as the longer of both. Null where neither is known. */
export function shownOf({ model, take }: Stretches): Span | null {
  const lengths = [model, take].flatMap((one) => (one ? [one.endMs - one.startMs] : []));
  return lengths.length > 0 ? { startMs: 0, endMs: Math.max(...lengths) } : null;
}
