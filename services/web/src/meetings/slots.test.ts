import { describe, expect, test } from "vitest";
import { forField, meetingSlots, observationSlots, slotWords } from "~/meetings/slots";

const wednesday = new Date(2026, 10, 25, 14, 10);
const friday = new Date(2026, 10, 27, 16, 0);

test("a time to come is said as people say it", () => {
  expect(slotWords(new Date(2026, 10, 25, 15, 30), wednesday)).toBe("today 15:30");
  expect(slotWords(new Date(2026, 10, 26, 9, 5), wednesday)).toBe("tomorrow 09:05");
  expect(slotWords(new Date(2026, 10, 30, 9, 0), wednesday)).toBe("Monday 09:00");
  expect(slotWords(new Date(2026, 11, 3, 9, 0), wednesday)).toBe("Thursday 3 December 09:00");
});

describe("when to see the step next", () => {
  const lesson = new Date(2026, 10, 24, 9, 17);

  test("at the hour of the lesson: on the next two school days, and on its own weekday after that", () => {
    const slots = observationSlots(lesson, wednesday).map(({ at }) => forField(at));
    expect(slots).toEqual(["2026-11-26T09:15", "2026-11-27T09:15", "2026-12-01T09:15"]);
  });

  test("never at a weekend, and never twice the same", () => {
    const slots = observationSlots(lesson, friday).map(({ at }) => forField(at));
    expect(slots).toEqual(["2026-11-30T09:15", "2026-12-01T09:15", "2026-12-08T09:15"]);
  });

  test("in the morning where the film says nothing sensible", () => {
    const atNight = new Date(2026, 10, 24, 23, 0);
    expect(observationSlots(atNight, wednesday)[0]?.words).toBe("tomorrow 10:00");
    expect(observationSlots(undefined, wednesday)[0]?.words).toBe("tomorrow 10:00");
  });
});

test("meetings are after school, today if there is still time", () => {
  expect(meetingSlots(wednesday).map(({ words }) => words)).toEqual([
    "today 15:30",
    "tomorrow 15:30",
    "Friday 15:30",
  ]);
  expect(meetingSlots(friday)[0]?.words).toBe("Monday 15:30");
});
