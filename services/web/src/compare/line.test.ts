import { expect, test } from "vitest";
import type { Seen } from "~/api/types";
import { boundsOf, isOn, lineOf, placeOn, shownOf, stretchOf } from "~/compare/line";

const seen = (criterion: string, start_ms: number, end_ms: number | null = null): Seen => ({
  criterion,
  start_ms,
  end_ms,
  known: "said",
});
const lengths = { model: 20_000, take: 12_000 };

test("a criterion lasts as long as somebody said, else until the next one, else ten seconds", () => {
  const places = [seen("a", 1_000, 3_000), seen("b", 5_000), seen("c", 9_000)];
  expect(stretchOf(places, "a", 30_000)).toEqual({ startMs: 1_000, endMs: 3_000 });
  expect(stretchOf(places, "b", 30_000)).toEqual({ startMs: 5_000, endMs: 9_000 });
  expect(stretchOf(places, "c", 30_000)).toEqual({ startMs: 9_000, endMs: 19_000 });
  expect(stretchOf(places, "c", 12_000)).toEqual({ startMs: 9_000, endMs: 12_000 });
  expect(stretchOf(places, "d", 30_000)).toBeNull();
  expect(stretchOf(places, null, 30_000)).toBeNull();
});

test("both films are at the criterion's beginning when the line is at 0", () => {
  const stretches = { model: { startMs: 4_000, endMs: 7_000 }, take: { startMs: 1_500, endMs: 3_000 } };
  const line = lineOf(stretches, 0);
  expect([placeOn(line, lengths, "model", 0), placeOn(line, lengths, "take", 0)]).toEqual([4_000, 1_500]);
  expect(shownOf(stretches)).toEqual({ startMs: 0, endMs: 3_000 });
  expect(lineOf(stretches, 200).take).toBe(1_700);
});

test("without a place a film begins at its own beginning", () => {
  expect(lineOf({ model: { startMs: 4_000, endMs: 5_000 }, take: null }, 0)).toEqual({
    model: 4_000,
    take: 0,
  });
  expect(shownOf({ model: null, take: null })).toBeNull();
});

test("the line goes from the first picture of either to the last of either", () => {
  const line = { model: 4_000, take: 1_500 };
  expect(boundsOf(line, lengths)).toEqual({ startMs: -4_000, endMs: 16_000 });
});

test("a film waits on its first picture before its beginning, and on its last after its end", () => {
  const line = { model: 4_000, take: 1_500 };
  expect(isOn(line, lengths, "take", -2_000)).toBe(false);
  expect(placeOn(line, lengths, "take", -2_000)).toBe(0);
  expect(isOn(line, lengths, "take", -1_500)).toBe(true);
  expect(isOn(line, lengths, "take", 10_500)).toBe(false);
  expect(placeOn(line, lengths, "take", 11_000)).toBe(11_990);
  expect(isOn(line, lengths, "model", 11_000)).toBe(true);
});
