import { expect, test } from "vitest";
import { LONGEST_MS, moveEdge, newDraft, nudgeEdge, spanAround, suggestTitle } from "~/watch/clips/draft";
import { FrameTable } from "~/watch/player/frameTable";

const LESSON = 45 * 60_000;
const table = FrameTable.fromJson({ timescale: 30_000, deltas: [[299, 1001]], end: 300 * 1001 });
const span = { startMs: 1001, endMs: 2002 };

test("a clip of a moment has the moment's span, and a point gets room around it", () => {
  expect(spanAround({ startMs: 5000, endMs: 15_000 })).toEqual({ startMs: 5000, endMs: 15_000 });
  expect(spanAround({ startMs: 60_000, endMs: null })).toEqual({ startMs: 55_000, endMs: 70_000 });
});

test("a clip stays in its film", () => {
  const draft = newDraft({ startMs: -4000, endMs: 6000 }, LESSON);
  expect([draft.startMs, draft.endMs]).toEqual([0, 6000]);
  const late = newDraft({ startMs: LESSON - 2000, endMs: LESSON + 9000 }, LESSON);
  expect([late.startMs, late.endMs]).toEqual([LESSON - 2000, LESSON]);
});

test("a title is the note's first sentence", () => {
  expect(suggestTitle("Waited five seconds. Then Amir answered!")).toBe("Waited five seconds");
  expect(suggestTitle("")).toBe("");
});

test("a long note is cut between words", () => {
  const title = suggestTitle(
    "She waits and looks round the table before she asks the next child to explain why",
  );
  expect(title.length).toBeLessThanOrEqual(71);
  expect(title).toMatch(/\w…$/);
});

test("edges land on frames and never cross", () => {
  expect(moveEdge(span, "start", 1017, 10_010, table)).toEqual({ startMs: 1001, endMs: 2002 });
  const squeezed = moveEdge(span, "start", 9000, 10_010, table);
  expect(squeezed.startMs).toBeLessThan(squeezed.endMs);
  expect(squeezed.endMs).toBe(2002);
});

test("a nudge moves one edge by exactly one frame", () => {
  expect(nudgeEdge(span, "start", 1, 10_010, table)).toEqual({ startMs: 1034, endMs: 2002 });
  expect(nudgeEdge(span, "end", -1, 10_010, table)).toEqual({ startMs: 1001, endMs: 1968 });
});

test("an edge can be nudged to the film's very end, and not beyond", () => {
  const last = nudgeEdge({ startMs: 9000, endMs: 9976 }, "end", 1, 10_010, table);
  expect(last.endMs).toBe(10_010);
  expect(nudgeEdge(last, "end", 1, 10_010, table).endMs).toBe(10_010);
});

test("a clip is at most ten minutes long", () => {
  const long = moveEdge({ startMs: 0, endMs: 1000 }, "end", LESSON, LESSON, null);
  expect(long.endMs).toBe(LONGEST_MS);
});
