import { expect, test } from "vitest";
import { termsIn, withTerms } from "~/terms/find";

const terms = [
  { id: "wait", name: "Wait time" },
  { id: "cue", name: "Cue" },
  { id: "cue-card", name: "Cue card" },
  { id: "x", name: "I do (again)" },
];

function names(text: string): string[] {
  return termsIn(text, terms).map(({ id }) => id);
}

test("finds whole words, however they are written", () => {
  expect(names("Give more WAIT  TIME here")).toEqual(["wait"]);
  expect(names("a rescue, a cued reply")).toEqual([]);
  expect(names("“Cue”, then silence.")).toEqual(["cue"]);
});

test("the longest name wins", () => {
  expect(names("the cue card, and a cue")).toEqual(["cue-card", "cue"]);
});

test("links a term where it comes first, and loses no letter", () => {
  const text = "Wait time, and again wait time.\nCue!";
  const parts = withTerms(text, terms);
  expect(parts.map((part) => (typeof part === "string" ? part : part.words)).join("")).toBe(text);
  expect(parts.filter((part) => typeof part !== "string")).toHaveLength(2);
});

test("a name with signs of its own is only itself", () => {
  expect(names("say I do (again) now")).toEqual(["x"]);
  expect(names("")).toEqual([]);
  expect(withTerms("no terms here", [])).toEqual(["no terms here"]);
});
