import { expect, test } from "vitest";
import { FrameTable } from "~/watch/player/frameTable";

const ntsc = FrameTable.fromJson({ timescale: 30_000, deltas: [[299, 1001]], end: 300 * 1001 });
/** 30 fps, then a held frame, then 60 fps, as phones make in the dark. */
const varying = FrameTable.fromJson({
  timescale: 600,
  deltas: [
    [3, 20],
    [1, 90],
    [4, 10],
  ],
  end: 200,
});

test("every frame's whole millisecond finds the same frame again", () => {
  for (const table of [ntsc, varying]) {
    for (let frame = 0; frame < table.count; frame++) {
      expect(table.nearest(table.startMs(frame))).toBe(frame);
    }
  }
});

test("the middle of a frame lies in that frame", () => {
  for (const table of [ntsc, varying]) {
    for (let frame = 0; frame < table.count; frame++) {
      expect(table.frameAt(table.middleMs(frame))).toBe(frame);
    }
  }
});

test("a film of one frame is a film", () => {
  const still = FrameTable.fromJson({ timescale: 1000, deltas: [], end: 40 });
  expect(still.count).toBe(1);
  expect(still.snapSpan({ startMs: 10, endMs: 20 })).toEqual({ startMs: 0, endMs: 40 });
});

test("a span is made of whole frames and is never empty", () => {
  expect(varying.snapSpan({ startMs: 31, endMs: 70 })).toEqual({ startMs: 33, endMs: 66 });
  expect(varying.snapSpan({ startMs: 34, endMs: 35 })).toEqual({ startMs: 33, endMs: 66 });
});

test("a span may reach the film's very end", () => {
  const { last } = ntsc.framesOf({ startMs: 0, endMs: 10_010 });
  expect(last).toBe(299);
});

test("times that people give are rounded down, and of two frames equally near the earlier is meant", () => {
  expect(ntsc.startMs(1)).toBe(33);
  expect(ntsc.startMs(2)).toBe(66);
  expect(varying.nearest(125)).toBe(3);
  expect(varying.durationMs).toBe(333);
});

test("stepping stops at the film's ends", () => {
  expect(ntsc.step(0, -1)).toBe(0);
  expect(ntsc.step(298, 5)).toBe(299);
});

test("times before the start and after the end mean the first and the last frame", () => {
  expect(ntsc.frameAt(-50)).toBe(0);
  expect(ntsc.nearest(99_999)).toBe(299);
});
