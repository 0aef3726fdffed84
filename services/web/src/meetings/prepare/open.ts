import type { MeetingLine } from "~/api/types";

/** The meeting with somebody that isn’t over, for one lesson: that lesson’s own, or one that has none yet. */
export function openMeeting(lines: MeetingLine[] | undefined, lesson?: string): MeetingLine | undefined {
  const open = (lines ?? []).filter(({ state, kind }) => state !== "done" && kind === "feedback");
  const running = open.find(({ state }) => state === "running");
  if (lesson === undefined) return running ?? open[0];
  return (
    open.find((one) => one.lesson === lesson) ??
    open.find((one) => one.lesson === null && one.state === "preparing")
  );
}
