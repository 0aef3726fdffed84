import { expect, test } from "vitest";
import type { MeetingLine } from "~/api/types";
import { openMeeting } from "~/meetings/prepare/open";

function aLine(change: Partial<MeetingLine>): MeetingLine {
  return { id: "m", kind: "feedback", state: "preparing", lesson: null, ...change } as MeetingLine;
}

test("a lesson's own meeting is found again, else one that has no lesson yet", () => {
  const lines = [aLine({ id: "bare" }), aLine({ id: "own", lesson: "v1" })];
  expect(openMeeting(lines, "v1")?.id).toBe("own");
  expect(openMeeting(lines, "v2")?.id).toBe("bare");
  expect(openMeeting([aLine({ lesson: "v1" })], "v2")).toBeUndefined();
});

test("without a lesson it is the one that goes on, then the newest that is prepared", () => {
  const lines = [aLine({ id: "next" }), aLine({ id: "now", state: "running" })];
  expect(openMeeting(lines)?.id).toBe("now");
  expect(openMeeting([aLine({ state: "done" }), aLine({ kind: "drop_in" })])).toBeUndefined();
});
