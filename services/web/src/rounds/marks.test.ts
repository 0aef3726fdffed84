import { describe, expect, test } from "vitest";
import type { PersonRef, Round } from "~/api/types";
import { markersOf, markKey, markLine, roundName } from "~/rounds/marks";

const aisha: PersonRef = { id: "aisha", name: "Aisha Rahman" };
const sam: PersonRef = { id: "sam", name: "Sam Okafor" };
const criterion = { id: "waits" };
const rights = {
  change: true,
  feedback: true,
  reflect: false,
  mark_for_coachee: true,
  waits_for_coachee: [],
  remove: true,
};

function aRound(change: Partial<Round> = {}): Round {
  return { kind: "rehearsal", number: 2, marks: [], rights, created_by: sam, ...change } as Round;
}

const met = (person: PersonRef, entered_by = person.id) => ({
  criterion: "waits",
  person,
  value: "met" as const,
  entered_by,
});

describe("who may press what", () => {
  const two = { coachee: aisha, coach: sam, me: sam };

  test("each marks for herself, and while they meet the coach types for both", () => {
    expect(markLine(aRound(), criterion, sam, two).mayMark).toBe(true);
    expect(markLine(aRound(), criterion, aisha, two).mayMark).toBe(true);
    const after = aRound({ rights: { ...rights, mark_for_coachee: false } });
    expect(markLine(after, criterion, aisha, two).mayMark).toBe(false);
  });

  test("what the coachee marked on her own device the coach can't change", () => {
    const line = markLine(aRound({ marks: [met(aisha)] }), criterion, aisha, two);
    expect(line).toMatchObject({ value: "met", mayMark: false, typedByOther: false });
  });

  test("what the coach typed for her says so, and stays open to both", () => {
    const line = markLine(aRound({ marks: [met(aisha, "sam")] }), criterion, aisha, two);
    expect(line).toMatchObject({ value: "met", mayMark: true, typedByOther: true });
  });

  test("nobody marks for the coach", () => {
    const asAisha = { ...two, me: aisha };
    expect(markLine(aRound(), criterion, sam, asAisha).mayMark).toBe(false);
  });
});

describe("a model", () => {
  const two = { coachee: aisha, coach: sam, me: sam };
  const model = aRound({ kind: "model" });

  test("waits for the coachee, criterion by criterion", () => {
    expect(markLine(model, criterion, sam, two)).toMatchObject({ waits: true, mayMark: false });
    const marked = aRound({ kind: "model", marks: [met(aisha)] });
    expect(markLine(marked, criterion, sam, two)).toMatchObject({ waits: false, mayMark: true });
    expect(markLine(marked, { id: "other" }, sam, two).waits).toBe(true);
  });

  test("opens to the coach as soon as hers is pressed, before the server has answered", () => {
    const underway = { [markKey("waits", "aisha")]: "nearly" as const };
    expect(markLine(model, criterion, sam, two, underway).waits).toBe(false);
    expect(markLine(model, criterion, aisha, two, underway).value).toBe("nearly");
  });

  test("waits again when hers is taken back", () => {
    const marked = aRound({ kind: "model", marks: [met(aisha, "sam")] });
    const underway = { [markKey("waits", "aisha")]: "none" as const };
    expect(markLine(marked, criterion, sam, two, underway).waits).toBe(true);
    expect(markLine(marked, criterion, aisha, two, underway).value).toBeNull();
  });
});

test("the coachee's word comes first, then her coach's, then whoever else marked", () => {
  const earlier = { id: "jo", name: "Jo Bell" };
  const round = aRound({ marks: [met(earlier), met(aisha)] });
  const names = markersOf(round, { coachee: aisha, me: sam }).map(({ id }) => id);
  expect(names).toEqual(["aisha", "sam", "jo"]);
  expect(markersOf(aRound(), { coachee: aisha, me: aisha })).toEqual([aisha]);
  expect(markersOf(aRound(), { coachee: aisha, coach: sam, me: aisha })).toEqual([aisha, sam]);
});

test("a round is called what people call it", () => {
  const two = { coachee: aisha, coach: sam, me: sam };
  expect(roundName(aRound(), two)).toBe("Go 2");
  expect(roundName(aRound({ kind: "model", number: 1 }), two)).toBe("Your model");
  expect(roundName(aRound({ kind: "model", number: 1 }), { ...two, me: aisha })).toBe("Sam’s model");
  expect(roundName(aRound({ kind: "model", number: 2 }), { ...two, me: aisha })).toBe(
    "Sam’s model, again (2)",
  );
});
