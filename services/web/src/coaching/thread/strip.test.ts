import { expect, test } from "vitest";
import type { Knot } from "~/api/types";
import { strip } from "~/coaching/thread/strip";

const knot = (change: Partial<Knot>) => ({ video: "v", clip: null, take: null, ...change }) as Knot;

test("an untold story has a quiet place for each of its parts", () => {
  expect(strip([], "Your").map(({ label }) => label)).toEqual([
    "What went well before",
    "The moment that shows why",
    "How it looks done well",
    "Your first go",
    "Your next lesson",
  ]);
});

test("takes are told by their number, and the best one is known", () => {
  const beads = strip(
    [
      knot({ place: "moment", clip: "c" }),
      knot({ place: "take", video: "a", take: { round: "r", number: 1, is_best: false } }),
      knot({ place: "take", video: "b", take: { round: "s", number: 2, is_best: true } }),
    ],
    "Aisha’s",
  );
  expect(beads.filter(({ place }) => place === "take").map(({ label, best }) => [label, best])).toEqual([
    ["Go 1", false],
    ["Go 2", true],
  ]);
  expect(beads.at(-1)?.label).toBe("Aisha’s next lesson");
});
