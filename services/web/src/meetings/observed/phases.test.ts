import { expect, test } from "vitest";
import { bars, begin, move, phaseAt, roundWords, without } from "~/meetings/observed/phases";

const spans = [
  { phase: "praise", start_ms: 0, end_ms: 30_000 },
  { phase: "model", start_ms: 30_000, end_ms: null },
] as const;

test("each phase lies on the bar where it is on the film", () => {
  expect(bars([...spans], 120_000).map(({ left, width }) => [left, width])).toEqual([
    [0, 25],
    [25, 75],
  ]);
});

test("what was counted beyond the film's end isn't drawn", () => {
  expect(bars([...spans], 20_000).map(({ phase, end_ms }) => [phase, end_ms])).toEqual([["praise", 20_000]]);
});

test("a phase begins here, in the order of the film", () => {
  expect(begin([...spans], "step", 20_000).map(({ phase }) => phase)).toEqual(["praise", "step", "model"]);
});

test("two phases can't begin at once: the newer word counts", () => {
  expect(begin([...spans], "probe", 30_000).map(({ phase }) => phase)).toEqual(["praise", "probe"]);
});

test("a phase is moved or taken out by its place", () => {
  expect(move([...spans], 1, 45_000).map(({ start_ms }) => start_ms)).toEqual([0, 45_000]);
  expect(without([...spans], 0).map(({ phase }) => phase)).toEqual(["model"]);
});

test("the phase that goes on is the last that began", () => {
  expect(phaseAt([...spans], 29_999)).toBe(0);
  expect(phaseAt([...spans], 30_000)).toBe(1);
  expect(phaseAt([{ ...spans[1], end_ms: null }], 10)).toBe(-1);
});

test("rounds are counted in words", () => {
  expect(roundWords({ models: 1, rehearsals: 3 })).toBe("1 model, 3 goes");
});
