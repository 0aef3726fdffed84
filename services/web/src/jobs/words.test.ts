import { expect, test } from "vitest";
import type { Work } from "~/api/types";
import { careWords, isNews, kindWords, lasting, nearlyFullWords, standing } from "~/jobs/words";

const work: Work = {
  id: "1",
  kind: "video.ingest",
  queue: "interactive",
  state: "failed",
  owner: null,
  school: null,
  attempt: 3,
  progress: 0,
  since_s: 7500,
  failure: null,
};

test("a length of time is said in its largest unit", () => {
  expect([0.2, 1, 59, 60, 5400, 7300, 200_000].map(lasting)).toEqual([
    "1 second",
    "1 second",
    "59 seconds",
    "1 minute",
    "2 hours",
    "2 hours",
    "2 days",
  ]);
});

test("how long it stands still, runs or waits", () => {
  expect(standing(work)).toBe("Failed 2 hours ago, after 3 tries");
  expect(standing({ ...work, state: "running", since_s: 40, progress: 12, attempt: 2 })).toBe(
    "For 40 seconds, 12 %, try 2",
  );
  expect(standing({ ...work, state: "queued", since_s: 5 })).toBe("Waiting for 5 seconds");
  expect(standing({ ...work, state: "queued", since_s: -25 })).toBe("Tries again in 25 seconds");
});

test("housekeeping that is due later is no news, what failed once and is tried later is", () => {
  const later: Work = { ...work, state: "queued", since_s: -3000 };
  expect(isNews(later)).toBe(false);
  expect(isNews({ ...later, failure: { code: "x", detail: "y" } })).toBe(true);
  expect(isNews({ ...later, since_s: 3 })).toBe(true);
});

test("a kind without words of its own is named as it is", () => {
  expect(kindWords("clip.file")).toBe("Cutting a clip");
  expect(kindWords("some.thing")).toBe("some.thing");
});

test("whose room is nearly used up is said with how much", () => {
  const ref = { id: "1", name: "Aisha Khan" };
  const nearly_full = [{ person: ref, school: { id: "2", name: "Oak" }, bytes: 9e9 }];
  expect(nearlyFullWords({ nearly_full, quota: 10e9 })).toMatch(/^Aisha Khan, Oak: 9.0 of 10.0 GB\. Once/);
});

test("how backups and the reading of what is stored stand", () => {
  const never = { backup_age_s: null, backup_is_late: false, scrub_age_s: null, scrub_faults: 0 };
  expect(careWords(never)).toBe("No whole backup was ever taken. What is stored was never read through.");
  const fine = { backup_age_s: 32_400, backup_is_late: false, scrub_age_s: 200_000, scrub_faults: 0 };
  expect(careWords(fine)).toBe(
    "The last whole backup is 9 hours old. All that is stored was last read 2 days ago.",
  );
  const bad = { ...fine, backup_age_s: 800_000, backup_is_late: true, scrub_faults: 1 };
  expect(careWords(bad)).toContain("9 days old, and newer ones lack something or weren’t taken.");
  expect(careWords(bad)).toContain("1 file is damaged or missing");
});
