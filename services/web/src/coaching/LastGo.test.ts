import { expect, test } from "vitest";
import type { Video } from "~/api/types";
import { lastGo } from "~/coaching/LastGo";

const go = (changes: Partial<Video>): Video =>
  ({
    id: "v",
    action_step: "s1",
    purpose: "rehearsal",
    state: "ready",
    recorded_at: null,
    created_at: "2026-03-10T15:00:00Z",
    ...changes,
  }) as Video;

test("the go that was filmed last is the last go", () => {
  const early = go({ id: "early", recorded_at: "2026-03-09T15:00:00Z" });
  const late = go({ id: "late", recorded_at: "2026-03-11T15:00:00Z" });
  expect(lastGo([early, late], "s1")?.id).toBe("late");
});

test("a film of another step, a lesson, or one that doesn't play yet is no go at this one", () => {
  const others = [go({ action_step: "s2" }), go({ purpose: "lesson" }), go({ state: "processing" })];
  expect(lastGo(others, "s1")).toBeUndefined();
});
