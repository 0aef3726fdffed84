import { expect, test } from "vitest";
import type { Knot } from "~/api/types";
import { chosen, sidesOf } from "~/compare/films";

const SAM = { id: "sam", name: "Sam Okafor" };
const AISHA = { id: "aisha", name: "Aisha Khan" };

function knot(place: Knot["place"], video: string | null, more: Partial<Knot> = {}): Knot {
  return {
    place,
    video,
    clip: null,
    owner: place === "model" ? SAM : AISHA,
    start_ms: 0,
    end_ms: null,
    title: "A film",
    at: "2026-03-10T15:00:00Z",
    state: "ready",
    duration_ms: 20_000,
    width: 1280,
    height: 720,
    has_audio: true,
    poster: null,
    playback: { mp4: `/media/${video}.mp4`, hls: null },
    frames: null,
    places: [],
    take: null,
    watched: 0,
    ...more,
  };
}

const take = (video: string, number: number, is_best = false) =>
  knot("take", video, { take: { round: `r${number}`, number, is_best } });

const all = [
  knot("moment", "lesson"),
  knot("model", "m1"),
  knot("model", "m2"),
  take("t1", 1),
  take("t2", 2, true),
  take("t3", 3),
];

test("models and takes have names as people say them, and what doesn't play is left out", () => {
  const waiting = knot("take", "t4", { playback: { mp4: null, hls: null } });
  const { models, takes } = sidesOf([...all, waiting], AISHA.id);
  expect(models.map(({ name }) => name)).toEqual(["Sam’s model", "Sam’s model"]);
  expect(takes.map(({ name }) => name)).toEqual(["Your go 1", "Your go 2", "Your go 3"]);
  expect([models[0]?.short, takes[2]?.short]).toEqual(["Model", "Go 3"]);
  expect(takes[1]?.about).toContain("best");
  expect(sidesOf(all, SAM.id).takes[0]?.name).toBe("Aisha’s go 1");
});

test("it begins with the latest model and the best take, unless others are asked for", () => {
  const sides = sidesOf(all, AISHA.id);
  const ids = (model?: string, taken?: string) => {
    const both = chosen(sides, model, taken);
    return [both?.model.id, both?.take.id];
  };
  expect(ids()).toEqual(["m2", "t2"]);
  expect(ids("m1", "t3")).toEqual(["m1", "t3"]);
  expect(ids("t1", "t3")).toEqual(["t1", "t3"]);
  expect(ids("nowhere", "t3")).toEqual(["m2", "t3"]);
});

test("a clip that is a model alone goes by the clip's name", () => {
  const alone = knot("model", null, { clip: "c1" });
  expect(chosen(sidesOf([alone, take("t1", 1)], AISHA.id), "c1", undefined)?.model.id).toBe("c1");
});

test("without a model the first go stands beside the best one; one film alone can't be compared", () => {
  const takes = [take("t1", 1), take("t2", 2)];
  expect(chosen(sidesOf(takes, AISHA.id), undefined, undefined)?.model.id).toBe("t1");
  expect(chosen(sidesOf([take("t1", 1)], AISHA.id), undefined, undefined)).toBeNull();
});
