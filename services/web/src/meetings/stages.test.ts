import { describe, expect, test } from "vitest";
import { entered, isStage, onFilm, phaseOf, stageOf, usualStage } from "~/meetings/stages";

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
