import { expect, test } from "vitest";
import { bestFormat, endingOf, plainType } from "~/filming/formats";

test("H.264 in MP4 is taken where the browser can, for it plays without being made anew", () => {
  expect(bestFormat(() => true)).toEqual({
    mimeType: "video/mp4;codecs=avc1.640028,mp4a.40.2",
    ending: "mp4",
  });
});

test("a browser that writes WebM alone is taken as it is", () => {
  const firefox = (type: string) => type.startsWith("video/webm") && !type.includes("vp9");
  expect(bestFormat(firefox)).toEqual({ mimeType: "video/webm;codecs=vp8,opus", ending: "webm" });
});

test("a browser that knows none of them may choose", () => {
  expect(bestFormat(() => false).mimeType).toBe("");
});

test("a file is called after what the recorder really wrote", () => {
  expect(endingOf("video/mp4;codecs=avc1.42E01F,mp4a.40.2")).toBe("mp4");
  expect(endingOf("video/x-matroska;codecs=avc1")).toBe("webm");
  expect(plainType("video/mp4;codecs=avc1")).toBe("video/mp4");
});
