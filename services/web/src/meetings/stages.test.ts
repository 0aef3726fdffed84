import { describe, expect, test } from "vitest";
import {
  countsFrom,
  entered,
  filmOffset,
  isStage,
  onFilm,
  phaseOf,
  roundsOf,
  stageOf,
  usualStage,
} from "~/meetings/stages";

const at = (phase: "praise" | "probe" | "step" | "rehearsal" | "plan", start_ms: number) => ({
  phase,
  start_ms,
});

test("half an hour has room for all five stages, and most of it for rehearsing", () => {
  const minutes = [0, 7.9, 8, 12, 17, 26, 27, 45];
  expect(minutes.map((minute) => usualStage(minute * 60_000))).toEqual([
    "watch",
    "watch",
    "step",
    "model",
    "rehearse",
    "rehearse",
    "plan",
    "plan",
  ]);
});

test("what is recorded while watching is what the clip is for", () => {
  expect(phaseOf("watch", "probe")).toBe("probe");
  expect(phaseOf("rehearse", "probe")).toBe("rehearsal");
});

test("a meeting is in the stage that was entered last", () => {
  const counts = { phases: [at("praise", 0), at("rehearsal", 9)], phase_ms: {}, models: 0, rehearsals: 0 };
  expect(stageOf({ counts } as never)).toBe("rehearse");
  expect(stageOf({ counts: { ...counts, phases: [] } } as never)).toBe("watch");
  expect(isStage("model")).toBe(true);
  expect(isStage("nonsense")).toBe(false);
});

describe("entering a phase", () => {
  test("adds it where it begins, and not twice", () => {
    expect(entered([at("praise", 0)], "probe", 60_000.4)).toEqual([at("praise", 0), at("probe", 60_000)]);
    expect(entered([at("praise", 0)], "praise", 60_000)).toBeUndefined();
  });

  test("never goes back in time, whatever the laptop's clock says", () => {
    expect(entered([at("praise", 0), at("probe", 500)], "step", -3000)?.at(-1)).toEqual(at("step", 501));
    expect(entered([], "praise", -40)).toEqual([at("praise", 0)]);
  });

  test("a phase can come again", () => {
    expect(entered([at("praise", 0), at("step", 9)], "praise", 20)?.length).toBe(3);
  });
});

test("a film that began later keeps the phases at their places, and what went on at its start", () => {
  const phases = [at("praise", 0), at("probe", 60_000), at("step", 200_000)];
  expect(onFilm(phases, 90_000)).toEqual([at("probe", 0), at("step", 110_000)]);
  expect(onFilm(phases, 0)).toEqual(phases);
});

describe("when a meeting's film began", () => {
  const meeting = { started_at: "2026-11-25T15:30:00Z", ended_at: "2026-11-25T16:00:00Z" };
  const film = (filename: string, recorded_at: string | null) => ({
    filename,
    recorded_at,
    duration_ms: 20 * 60_000,
  });

  test("what was filmed in the page is dated by its beginning, a file from elsewhere by its end", () => {
    expect(filmOffset(meeting, film("video.webm", "2026-11-25T15:32:00Z"))).toBe(120_000);
    expect(filmOffset(meeting, film("IMG_0042.MOV", "2026-11-25T15:52:00Z"))).toBe(120_000);
  });

  test("a date that can't be right moves nothing", () => {
    expect(filmOffset(meeting, film("video.webm", "2026-11-24T15:32:00Z"))).toBeUndefined();
    expect(filmOffset(meeting, film("video.webm", "2026-11-25T16:10:00Z"))).toBeUndefined();
    expect(filmOffset(meeting, film("video.webm", null))).toBeUndefined();
  });

  test("phases count from there, else from the meeting's start", () => {
    const at = (filename: string, recorded_at: string | null) =>
      countsFrom({ ...meeting, film: film(filename, recorded_at) } as never);
    expect(at("video.webm", "2026-11-25T15:32:00Z")).toBe(Date.parse("2026-11-25T15:32:00Z"));
    expect(at("video.webm", null)).toBe(Date.parse(meeting.started_at));
    expect(countsFrom({ ...meeting, film: null })).toBe(Date.parse(meeting.started_at));
  });
});

test("what was tried of another step before isn’t taken for a try of the one that is agreed", () => {
  const round = (id: string, action_step: string, kind: "model" | "rehearsal") => ({ id, action_step, kind });
  const meeting = {
    action_step: { id: "new" },
    rounds: [round("1", "old", "model"), round("2", "new", "rehearsal"), round("3", "new", "model")],
  } as Parameters<typeof roundsOf>[0];
  expect(roundsOf(meeting, "model").map(({ id }) => id)).toEqual(["3"]);
  expect(roundsOf(meeting).map(({ id }) => id)).toEqual(["2", "3"]);
  expect(roundsOf({ ...meeting, action_step: null })).toEqual([]);
});
