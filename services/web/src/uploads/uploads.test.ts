import { expect, test } from "vitest";
import { Pace } from "~/uploads/pace";
import { isSameFile, titleFor, type Upload } from "~/uploads/upload";

const taken = new Date("2026-03-10T10:42:00").getTime();

test.each([
  "IMG_2043.MOV",
  "VID_20260310_104211.mp4",
  "20260310_104211.mp4",
  "PXL_20260310_104211.TS.mp4",
  "video.webm",
  "DSC0012.avi",
])("%s gets a title that says when it was filmed", (name) => {
  expect(titleFor({ name, lastModified: taken }, "lesson")).toBe("Lesson, 10 March 10:42");
});

test("a name that a person gave stays", () => {
  expect(titleFor({ name: "Phonics_blue group.mp4", lastModified: taken }, "lesson")).toBe(
    "Phonics blue group",
  );
});

test("the time left follows the pace of the last seconds", () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(1_000, 1_000);
  expect(pace.left(10_000)).toBeUndefined();
  pace.note(2_000, 2_000);
  expect(pace.left(10_000)).toBe(8_000);
});

test("a resumed upload is judged afresh", () => {
  const pace = new Pace();
  pace.note(0, 0);
  pace.note(9_000, 2_000);
  pace.note(8_000, 60_000);
  expect(pace.left(10_000)).toBeUndefined();
});

test("the same file is known again by name, size and date", () => {
  const upload = { name: "a.mp4", size: 3, lastModified: 5 } as Upload;
  expect(isSameFile(upload, new File(["abc"], "a.mp4", { lastModified: 5 }))).toBe(true);
  expect(isSameFile(upload, new File(["abcd"], "a.mp4", { lastModified: 5 }))).toBe(false);
});
