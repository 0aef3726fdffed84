import { expect, test } from "vitest";
import { staleAfter } from "~/app/live";

test("a change of a video makes the lists and the film itself stale", () => {
  expect(staleAfter({ topic: "video", id: "v1" })).toEqual([
    ["videos"],
    ["video", "v1"],
    ["action-steps"],
    ["meetings"],
  ]);
});

test("a new moment is asked for again only in its own film", () => {
  expect(staleAfter({ topic: "moment", id: "m1", video: "v1" })).toContainEqual(["video", "v1", "moments"]);
});

test("a clip of a film that can't be seen still reaches the lists of clips", () => {
  expect(staleAfter({ topic: "clip", id: "c1", video: null })).toContainEqual(["clips"]);
});

test("what nobody here knows is passed over", () => {
  expect(staleAfter({ topic: "weather", id: "w1" })).toEqual([]);
});

test("a step that changed is asked again under its id and its slug, with its models", () => {
  expect(staleAfter({ topic: "step", id: "s1" })).toEqual([["library", "step"], ["exemplars"]]);
});

test("a round makes the meeting it was made in and the story of its step stale", () => {
  expect(staleAfter({ topic: "round", id: "r1" })).toEqual([["action-steps"], ["meetings"]]);
});
