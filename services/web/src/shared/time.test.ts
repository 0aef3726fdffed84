import { expect, test } from "vitest";
import { aboutLeft, clock, coming, said, size, sizeOf, spoken } from "~/shared/time";

const now = new Date("2026-03-12T15:00:00");

test.each([
  ["2026-03-12T10:42:00", "today 10:42"],
  ["2026-03-11T23:59:00", "yesterday 23:59"],
  ["2026-03-10T09:10:00", "Tuesday 09:10"],
  ["2026-02-20T09:10:00", "20 February"],
  ["2024-05-03T09:10:00", "3 May 2024"],
])("%s is said as “%s”", (when, words) => {
  expect(said(when, now)).toBe(words);
});

test.each([
  [45_999, "45 s"],
  [125_000, "2 min 05 s"],
  [3_720_000, "1 h 02 min"],
])("a film of %i ms lasts “%s”", (ms, words) => {
  expect(spoken(ms)).toBe(words);
});

test("a place in a film reads like a clock", () => {
  expect(clock(83_400)).toBe("1:23");
  expect(clock(3_723_000)).toBe("1:02:03");
});

test("what is left is said without false precision", () => {
  expect(aboutLeft(4_000)).toBe("a few seconds");
  expect(aboutLeft(170_000)).toBe("about 3 min");
  expect(aboutLeft(4_830_000)).toBe("about 1 h 20 min");
});

test("progress is told in the unit of the whole", () => {
  expect(sizeOf(38_400_000, 410_000_000)).toBe("38 of 410 MB");
  expect(sizeOf(410_000_000, 4_290_000_000)).toBe("0.4 of 4.3 GB");
  expect(size(1_300_000_000)).toBe("1.3 GB");
});

test.each([
  ["2026-03-12T16:00:00", "today 16:00"],
  ["2026-03-13T10:40:00", "tomorrow 10:40"],
  ["2026-03-16T10:40:00", "Monday 10:40"],
  ["2026-03-26T09:05:00", "26 March 09:05"],
  ["2026-03-11T09:05:00", "yesterday 09:05"],
])("%s is coming “%s”", (when, words) => {
  expect(coming(when, now)).toBe(words);
});
