import type { DeskRow } from "~/api/types";
import { coming, said } from "~/shared/time";

type Row = Pick<DeskRow, "step" | "last_lesson" | "last_meeting_at" | "meeting">;

/** What was, in a line each: dates, never a judgement. */
export function lately({ last_lesson, last_meeting_at }: Row, now = new Date()): string[] {
  return [
    last_lesson ? `Last lesson ${said(last_lesson.at, now)}` : "No lesson yet",
    last_meeting_at ? `You met ${said(last_meeting_at, now)}` : "You haven’t met yet",
  ];
}

/** What comes next between the two; nothing where nothing is planned. */
export function comingUp({ meeting, step }: Row, now = new Date()): string | undefined {
  if (meeting?.state === "running") return "Your meeting is going on";
  const visit = step?.next_observation_at;
  const visitAt = visit && new Date(visit) > now ? visit : undefined;
  const meetingAt = meeting?.planned_at;
  if (meetingAt && (!visitAt || meetingAt <= visitAt)) return `You meet ${coming(meetingAt, now)}`;
  if (visitAt) return `You see the step ${coming(visitAt, now)}`;
  return meeting ? "A meeting is being prepared" : undefined;
}
