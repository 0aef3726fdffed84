import { expect, test } from "vitest";
import type { Knot } from "~/api/types";
import { linkTo, tapsOf } from "~/coaching/today/taps";

const knot = (changes: Partial<Knot>) =>
  ({ video: "v", clip: null, start_ms: 0, take: null, ...changes }) as Knot;
const take = (is_best: boolean) => knot({ take: { round: "r", number: 2, is_best } });
const nothing = { moment: null, model: null, best_take: null };

test("a take that nobody called the best is the latest", () => {
  const label = (best_take: Knot | null) => tapsOf({ watch: { ...nothing, best_take } }, undefined)[2]?.label;
  expect(label(take(true))).toBe("My best take");
  expect(label(take(false))).toBe("My latest take");
  expect(label(null)).toBe("My best take");
});

test("what isn't there yet is told in words", () => {
  const taps = tapsOf({ watch: nothing }, { id: "s", name: "Sam Okafor" });
  expect(taps.map(({ missing }) => missing)).toEqual([
    "The clip that shows why",
    "Sam shows you how",
    "Your first go",
  ]);
});

test("a clip opens in its film at its second, a film plays from its beginning, a clip alone by itself", () => {
  expect(linkTo(knot({ clip: "c", start_ms: 6_000 }))).toMatchObject({
    to: "/videos/$id",
    search: { clip: "c", t: "6000ms" },
  });
  expect(linkTo(knot({}))).toMatchObject({ to: "/videos/$id", search: { t: "0ms", play: true } });
  expect(linkTo(knot({ video: null, clip: "c" }))).toEqual({ to: "/clips/$id", params: { id: "c" } });
});
