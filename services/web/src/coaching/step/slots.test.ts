import { expect, test } from "vitest";
import { local, slots } from "~/coaching/step/slots";

test("offers the next five school days and leaves weekends alone", () => {
  const friday = new Date("2026-03-13T15:00:00");
  expect(slots(friday, null).map(local)).toEqual([
    "2026-03-16T09:30",
    "2026-03-17T09:30",
    "2026-03-18T09:30",
    "2026-03-19T09:30",
    "2026-03-20T09:30",
  ]);
});

test("keeps the hour of the visit before", () => {
  const [first] = slots(new Date("2026-03-10T08:00:00"), "2026-03-04T10:40:00");
  expect(first && local(first)).toBe("2026-03-11T10:40");
});
