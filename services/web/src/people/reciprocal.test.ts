import { expect, test } from "vitest";
import { coachEachOther, couples } from "~/people/reciprocal";

const pair = (coach: string, coachee: string) =>
  ({ coach: { id: coach }, coachee: { id: coachee } }) as never;
const me = {
  coaches: [{ person: { id: "ruth" } }, { person: { id: "megan" } }],
  coached_by: [{ person: { id: "ruth" } }],
} as never;

test("a pair is reciprocal when each coaches the other", () => {
  expect(coachEachOther(me, "ruth")).toBe(true);
  expect(coachEachOther(me, "megan")).toBe(false);
});

test("two pairings that go both ways are told as one", () => {
  const found = couples([pair("a", "b"), pair("c", "a"), pair("b", "a"), pair("a", "d")]);
  expect(found.map(({ pairings, bothWays }) => [pairings.length, bothWays])).toEqual([
    [2, true],
    [1, false],
    [1, false],
  ]);
});
