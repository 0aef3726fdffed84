import { expect, test } from "vitest";
import { stateAgain } from "~/uploads/left";
import type { Upload } from "~/uploads/upload";

const upload = (of: Partial<Upload>): Upload => ({
  id: "u",
  name: "video.mp4",
  size: 1,
  lastModified: 0,
  type: "video/mp4",
  title: "Lesson",
  purpose: "lesson",
  addedAt: 0,
  sent: 0,
  state: "sending",
  ...of,
});

test("what a page left half sent goes on, unless somebody had paused it or there was no room", () => {
  expect(stateAgain(upload({ state: "sending" }), true)).toBe("waiting");
  expect(stateAgain(upload({ state: "paused" }), true)).toBe("paused");
  expect(stateAgain(upload({ state: "no-room" }), true)).toBe("no-room");
});

test("without its bytes a chosen film is asked for again, and one filmed here is let go", () => {
  expect(stateAgain(upload({}), false)).toBe("needs-file");
  expect(stateAgain(upload({ filmed: true }), false)).toBe("thrown");
});

test("what had arrived stays so", () => {
  expect(stateAgain(upload({ state: "sent" }), false)).toBe("sent");
});
