import { expect, test } from "vitest";
import { preciseClock, startAt } from "~/watch/startAt";

const LESSON = 45 * 60_000;

test.each([
  [83, 83_000],
  ["83.4", 83_400],
  ["83s", 83_000],
  ["1:23", 83_000],
  ["1:02:03.5", 3_723_500],
  ["83400ms", 83_400],
])("a link to t=%s begins at %i ms", (t, ms) => {
  expect(startAt(t, LESSON)).toBe(ms);
});

test("a bare number that is past the end in seconds was meant as milliseconds", () => {
  expect(startAt(83_400, LESSON)).toBe(83_400);
});

test("a number past the end either way is left to the player, which stops at the end", () => {
  expect(startAt(9_000_000, 60_000)).toBe(9_000_000_000);
});

test("what can't be understood begins at the beginning", () => {
  for (const t of [undefined, "", "soon", "-5", "1:2:3:4"]) expect(startAt(t, LESSON)).toBeUndefined();
});

test("a place is told to the hundredth of a second", () => {
  expect(preciseClock(125_437)).toBe("2:05.43");
  expect(preciseClock(3_723_500)).toBe("1:02:03.50");
});
