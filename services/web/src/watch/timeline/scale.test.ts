import { expect, test } from "vitest";
import { columnPeaks, fractionOf, msAt, windowAround } from "~/watch/timeline/scale";

test("a place and its time agree both ways", () => {
  const window = { startMs: 10_000, endMs: 30_000 };
  expect(fractionOf(15_000, window)).toBe(0.25);
  expect(msAt(100, 400, window)).toBe(15_000);
});

test("a drag past the edge stays in the film", () => {
  const window = { startMs: 0, endMs: 60_000 };
  expect(msAt(-30, 400, window)).toBe(0);
  expect(msAt(900, 400, window)).toBe(60_000);
});

test("a clip is cut with room at both sides", () => {
  expect(windowAround({ startMs: 60_000, endMs: 70_000 }, 300_000)).toEqual({
    startMs: 56_000,
    endMs: 74_000,
  });
});

test("the room ends where the film does", () => {
  expect(windowAround({ startMs: 0, endMs: 10_000 }, 300_000).startMs).toBe(0);
  expect(windowAround({ startMs: 295_000, endMs: 300_000 }, 300_000).endMs).toBe(300_000);
  expect(windowAround({ startMs: 1000, endMs: 2000 }, 5000)).toEqual({ startMs: 0, endMs: 5000 });
});

test("a column shows the loudest sound below it, however many there are", () => {
  const peaks = Float32Array.from([0.1, 0.9, 0.2, 0.3]);
  const drawn = columnPeaks(peaks, 1, { startMs: 0, endMs: 4000 }, 2);
  expect([...drawn].map((peak) => Math.round(peak * 10))).toEqual([9, 3]);
});

test("where the sound has ended there is silence", () => {
  const drawn = columnPeaks(Float32Array.from([1]), 1, { startMs: 0, endMs: 2000 }, 2);
  expect([...drawn]).toEqual([1, 0]);
});
