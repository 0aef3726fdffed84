import type { Span } from "~/watch/player/frameTable";

/** Where a time lies in a window, from 0 at its left edge to 1 at its right. */
export function fractionOf(ms: number, window: Span): number {
  const length = window.endMs - window.startMs;
  return length > 0 ? (ms - window.startMs) / length : 0;
}

/** The time at a distance from the window's left edge; never outside the window. */
export function msAt(x: number, width: number, window: Span): number {
  const fraction = Math.min(Math.max(width > 0 ? x / width : 0, 0), 1);
  return window.startMs + fraction * (window.endMs - window.startMs);
}

/** A window to cut in: the span with room at both sides, and never narrower than is comfortable to drag in. */
export function windowAround(span: Span, durationMs: number, narrowestMs = 8000): Span {
  const length = span.endMs - span.startMs;
  const wanted = Math.min(Math.max(length * 1.8, narrowestMs), durationMs);
  const middle = span.startMs + length / 2;
  const startMs = Math.min(Math.max(middle - wanted / 2, 0), durationMs - wanted);
  return { startMs, endMs: startMs + wanted };
}

/** The loudest peak under each of `columns` columns of a window, from 0 to 1. */
export function columnPeaks(
  peaks: Float32Array,
  peaksPerS: number,
  window: Span,
  columns: number,
): Float32Array {
  const result = new Float32Array(columns);
  const perMs = peaksPerS / 1000;
  const width = (window.endMs - window.startMs) / columns;
  for (let column = 0; column < columns; column++) {
    const from = Math.max(Math.floor((window.startMs + column * width) * perMs), 0);
    const to = Math.min(Math.ceil((window.startMs + (column + 1) * width) * perMs), peaks.length);
    let loudest = 0;
    for (let i = from; i < to; i++) loudest = Math.max(loudest, peaks[i] ?? 0);
    result[column] = loudest;
  }
  return result;
}
