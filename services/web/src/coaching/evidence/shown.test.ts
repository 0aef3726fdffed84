import { expect, test } from "vitest";
import type { ActionStep } from "~/api/types";
import { shownFor } from "~/coaching/evidence/shown";

const step = {
  evidence: [
    { id: "e", criterion: "one", clip: "a" },
    { id: "f", criterion: null, clip: null, note: "It felt easier" },
  ],
  clips: [
    { id: "a", criterion: "one" },
    { id: "b", criterion: "one" },
    { id: "c", criterion: null },
  ],
} as ActionStep;

test("a criterion shows what was added for it and the clips tied to it, each once", () => {
  const { added, tied } = shownFor(step, "one");
  expect(added.map(({ id }) => id)).toEqual(["e"]);
  expect(tied.map(({ id }) => id)).toEqual(["b"]);
});

test("what belongs to no criterion belongs to the whole step", () => {
  const { added, tied } = shownFor(step, null);
  expect([added.map(({ id }) => id), tied.map(({ id }) => id)]).toEqual([["f"], ["c"]]);
});
