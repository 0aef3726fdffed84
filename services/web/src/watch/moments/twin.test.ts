import { expect, test } from "vitest";
import type { Moment } from "~/api/types";
import { twinOf } from "~/watch/moments/twin";

const SENT = { startMs: 12_345, endMs: 22_345, kind: "note", text: "Look", criterion: null } as const;

function there(change: Partial<Moment> = {}): Moment[] {
  const made = { id: "m", mine: true, start_ms: 12_333, end_ms: 22_366, kind: "note", text: "Look" };
  return [{ ...made, criterion: null, ...change } as Moment];
}

test("the server moves a moment to the nearest frame, and it is the same moment still", () => {
  expect(twinOf(SENT, there())?.id).toBe("m");
});

test.each([
  ["somebody else’s", { mine: false }],
  ["one with other words", { text: "Listen" }],
  ["one a second later", { start_ms: 13_333 }],
  ["a point", { end_ms: null }],
])("%s is another moment", (_what, change) => {
  expect(twinOf(SENT, there(change))).toBeUndefined();
});
