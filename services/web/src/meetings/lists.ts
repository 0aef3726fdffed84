import type { MeetingLine } from "~/api/types";

type Kind = MeetingLine["kind"];

/** Those in which feedback was or will be given: what goes on now, what is planned, then what was held. */
export function forFeedback(meetings: MeetingLine[] | undefined): MeetingLine[] {
  return inOrder(ofKind(meetings, ["feedback"]));
}

/** All that two people sit down for, in the same order. */
export function satDownFor(meetings: MeetingLine[] | undefined): MeetingLine[] {
  return inOrder(ofKind(meetings, ["feedback", "coaching_on_coaching"]));
}

function ofKind(meetings: MeetingLine[] | undefined, kinds: Kind[]): MeetingLine[] {
  return meetings?.filter(({ kind }) => kinds.includes(kind)) ?? [];
}

const RANK: Record<MeetingLine["state"], number> = { running: 0, preparing: 1, done: 2 };

/** The soonest of what is planned first; what was held stays in the order it came in. */
function inOrder(meetings: MeetingLine[]): MeetingLine[] {
  return meetings.toSorted((a, b) => RANK[a.state] - RANK[b.state] || bySlot(a, b));
}

function bySlot(a: MeetingLine, b: MeetingLine): number {
  if (a.state !== "preparing" || a.planned_at === b.planned_at) return 0;
  if (!a.planned_at || !b.planned_at) return a.planned_at ? -1 : 1;
  return a.planned_at.localeCompare(b.planned_at);
}
