import { expect, test } from "vitest";
import type { DeskRow } from "~/api/types";
import { comingUp, lately } from "~/coaching/next";

const now = new Date("2026-03-12T15:00:00");
const row = (change: Partial<DeskRow>) =>
  ({ step: null, last_lesson: null, last_meeting_at: null, meeting: null, ...change }) as DeskRow;

test("what comes first is what is told", () => {
  const step = { next_observation_at: "2026-03-13T10:40:00" } as DeskRow["step"];
  const later = { state: "preparing", planned_at: "2026-03-16T15:30:00" } as DeskRow["meeting"];
  expect(comingUp(row({ step, meeting: later }), now)).toBe("You see the step tomorrow 10:40");
  expect(comingUp(row({ meeting: later }), now)).toBe("You meet Monday 15:30");
});

test("a visit that is over comes no more", () => {
  const step = { next_observation_at: "2026-03-11T10:40:00" } as DeskRow["step"];
  expect(comingUp(row({ step }), now)).toBeUndefined();
});

test("a meeting without a date is being prepared", () => {
  const meeting = { state: "preparing", planned_at: null } as DeskRow["meeting"];
  expect(comingUp(row({ meeting }), now)).toBe("A meeting is being prepared");
});

test("what was is said in dates", () => {
  const last_lesson = { at: "2026-03-10T09:10:00" } as DeskRow["last_lesson"];
  expect(lately(row({ last_lesson }), now)).toEqual(["Last lesson Tuesday 09:10", "You haven’t met yet"]);
});
