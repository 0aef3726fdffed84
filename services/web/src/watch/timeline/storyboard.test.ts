import { expect, test } from "vitest";
import { parseStoryboard, thumbAt } from "~/watch/timeline/storyboard";

const TRACK = `WEBVTT

00:00.000 --> 00:10.000
sheet-001.jpg#xywh=0,0,160,90

00:10.000 --> 00:20.000
sheet-001.jpg#xywh=160,0,160,90

01:00:10.500 --> 01:00:20.000
sheet-002.jpg#xywh=0,90,160,90
`;
const thumbs = parseStoryboard(TRACK, "https://school.example/media/videos/1/storyboard.vtt");

test("a track of thumbnails is read, and its sheets are found beside it", () => {
  expect(thumbs).toHaveLength(3);
  expect(thumbs[2]).toEqual({
    startMs: 3_610_500,
    sheet: "https://school.example/media/videos/1/sheet-002.jpg",
    x: 0,
    y: 90,
    width: 160,
    height: 90,
  });
});

test("a place is shown by the last picture before it", () => {
  expect(thumbAt(thumbs, 9_999)?.x).toBe(0);
  expect(thumbAt(thumbs, 10_000)?.x).toBe(160);
  expect(thumbAt(thumbs, 9_000_000)?.startMs).toBe(3_610_500);
});

test("a film without pictures has none to show", () => {
  expect(thumbAt(parseStoryboard("WEBVTT\n", "https://school.example/x.vtt"), 0)).toBeUndefined();
});
