import { expect, test } from "vitest";
import type { Video } from "~/api/types";
import { lossWords, stateWords } from "~/videos/words";

test("who deletes a film is told how much goes with it", () => {
  expect(lossWords(3, 1)).toContain("with 3 moments and 1 clip");
  expect(lossWords(0, 2)).toContain("with 2 clips");
});

test("a film by itself goes by itself", () => {
  expect(lossWords(0, 0)).toBe("The film goes for everybody. Nobody can bring it back.");
});

test("without an answer nothing is left out", () => {
  expect(lossWords(undefined, undefined)).toContain("with its moments and clips");
});

test("copies that aren’t begun have no number", () => {
  const words = (progress: number) => stateWords({ state: "watchable", progress } as Video);
  expect(words(0)).toBe("You can watch it now. Copies for slow networks are on their way.");
  expect(words(40)).toBe("You can watch it now. Copies for slow networks are 40% made.");
});
