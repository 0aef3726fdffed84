import { expect, test } from "vitest";
import type { Chapter } from "~/api/types";
import { chapterAt, legsOf } from "~/exemplars/tour";

function chapter(position: number, start_ms: number, end_ms: number | null): Chapter {
  const id = String(position);
  return { id, criterion: id, position, text: `Criterion ${id}`, start_ms, end_ms, note: "" };
}

const chapters = [chapter(1, 3_000, 8_000), chapter(2, 8_000, 12_000), chapter(3, 40_000, null)];

test("each leg ends where its criterion has been seen", () => {
  expect(legsOf(chapters, ["Why?"], 60_000).map(({ span }) => span)).toEqual([
    { startMs: 0, endMs: 8_000 },
    { startMs: 8_000, endMs: 12_000 },
    { startMs: 30_000, endMs: 60_000 },
  ]);
});

test("prompts take turns, and without one there is a plain question", () => {
  expect(legsOf(chapters, ["A?", "B?"], 60_000).map(({ prompt }) => prompt)).toEqual(["A?", "B?", "A?"]);
  expect(legsOf(chapters, [], 60_000)[0]?.prompt).toContain("What did you see");
});

test("a chapter inside another one is seen from its own beginning", () => {
  const [, inner] = legsOf([chapter(1, 0, 20_000), chapter(2, 5_000, 9_000)], [], 20_000);
  expect(inner?.span).toEqual({ startMs: 5_000, endMs: 9_000 });
});

test("of two chapters at once the later one is on", () => {
  expect(chapterAt(chapters, 8_000)?.position).toBe(2);
  expect(chapterAt(chapters, 20_000)).toBeUndefined();
  expect(chapterAt(chapters, 59_000)?.position).toBe(3);
});
