import { expect, test } from "vitest";
import type { Proposal } from "~/api/types";
import { openFirst, standing } from "~/proposals/words";

const aisha = { id: "a", coached_by: [{ person: { id: "s", name: "Sam Okafor" } }] } as never;
const sam = { id: "s", coached_by: [] } as never;

function proposal(change: Partial<Proposal>): Proposal {
  return { state: "open", coachee: { id: "a", name: "Aisha Khan" }, replies: [], ...change } as Proposal;
}

test.each([
  [{}, "Sam hasn’t answered yet", "Waits for your answer"],
  [{ replies: [{}] }, "You two are talking it over", "You two are talking it over"],
  [{ state: "declined" }, "Not now", "Not now"],
  [{ state: "withdrawn" }, "You took it back", "Aisha took it back"],
] as [Partial<Proposal>, string, string][])("%o is told to each of the two", (change, hers, his) => {
  expect(standing(proposal(change), aisha)).toBe(hers);
  expect(standing(proposal(change), sam)).toBe(his);
});

test("what asks for an answer comes first", () => {
  const all = [proposal({ id: "1", state: "declined" }), proposal({ id: "2" })];
  expect(openFirst(all).flatMap((some) => some.map(({ id }) => id))).toEqual(["2", "1"]);
});
