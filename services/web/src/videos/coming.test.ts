import { expect, test } from "vitest";
import { cameBack } from "~/videos/coming";

test("coming back begins with the second time", () => {
  expect([0, 1, 2, 3, 5].map(cameBack)).toEqual([
    null,
    null,
    "You came back to this once",
    "You came back to this twice",
    "You came back to this 4 times",
  ]);
});
