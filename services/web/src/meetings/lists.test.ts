import { expect, test } from "vitest";
import type { MeetingLine } from "~/api/types";
import { forFeedback, satDownFor } from "~/meetings/lists";

function aLine(id: string, change: Partial<MeetingLine> = {}): MeetingLine {
  return { id, kind: "feedback", state: "done", planned_at: null, ...change } as MeetingLine;
}

const ids = (lines: MeetingLine[]) => lines.map(({ id }) => id);

test("what goes on comes first, then the soonest that is planned, then what was held", () => {
  const lines = [
    aLine("held last"),
    aLine("held first"),
    aLine("some day", { state: "preparing" }),
    aLine("next week", { state: "preparing", planned_at: "2026-03-17T15:00:00Z" }),
    aLine("tomorrow", { state: "preparing", planned_at: "2026-03-11T15:00:00Z" }),
    aLine("now", { state: "running" }),
  ];
  expect(ids(forFeedback(lines))).toEqual([
    "now",
    "tomorrow",
    "next week",
    "some day",
    "held last",
    "held first",
  ]);
});

test("coaching on coaching is a meeting of one’s own too, and a drop-in is none", () => {
  const lines = [
    aLine("feedback"),
    aLine("look", { kind: "coaching_on_coaching" }),
    aLine("visit", { kind: "drop_in" }),
  ];
  expect(ids(satDownFor(lines))).toEqual(["feedback", "look"]);
  expect(ids(forFeedback(lines))).toEqual(["feedback"]);
  expect(satDownFor(undefined)).toEqual([]);
});
