import type { Meeting, Phase, Round, Video } from "~/api/types";

export type StageName = "watch" | "step" | "model" | "rehearse" | "plan";

export interface Stage {
  name: StageName;
  label: string;
  /** What two people do in it. */
  doing: string;
  /** When, in a meeting of half an hour, one usually goes on to the next; in minutes from its start. */
  untilMinute: number;
}

/** The stages of a feedback meeting, in their order. */
export const STAGES: Stage[] = [
  { name: "watch", label: "Watch together", doing: "watching", untilMinute: 8 },
  { name: "step", label: "Agree the step", doing: "agreeing the step", untilMinute: 12 },
  { name: "model", label: "Model", doing: "modelling", untilMinute: 17 },
  { name: "rehearse", label: "Rehearse", doing: "rehearsing", untilMinute: 27 },
  { name: "plan", label: "Plan next", doing: "planning", untilMinute: 30 },
];

const STAGE_OF: Record<Phase, StageName> = {
  praise: "watch",
  probe: "watch",
  step: "step",
  model: "model",
  rehearsal: "rehearse",
  plan: "plan",
};

const PHASE_OF: Record<Exclude<StageName, "watch">, Phase> = {
  step: "step",
  model: "model",
  rehearse: "rehearsal",
  plan: "plan",
};

/** What was tried of the step that is agreed, oldest first: had there been another before, its rounds are its own. */
export function roundsOf(
  { rounds, action_step }: Pick<Meeting, "rounds" | "action_step">,
  kind?: Round["kind"],
): Round[] {
  return rounds.filter(
    (round) => round.action_step === action_step?.id && (kind === undefined || round.kind === kind),
  );
}

export function isStage(name: string | undefined): name is StageName {
  return STAGES.some((stage) => stage.name === name);
}

/** The stage a meeting is in by what was recorded of it. */
export function stageOf(meeting: Pick<Meeting, "counts">): StageName {
  const last = meeting.counts.phases.at(-1);
  return last ? STAGE_OF[last.phase] : "watch";
}

/** What is recorded of a stage; while watching it depends on what the clip on the screen is for. */
export function phaseOf(stage: StageName, watching: "praise" | "probe"): Phase {
  return stage === "watch" ? watching : PHASE_OF[stage];
}

/** In which stage one usually is after so long. */
export function usualStage(elapsedMs: number): StageName {
  const minute = elapsedMs / 60_000;
  return (
    (STAGES.find(({ untilMinute }) => minute < untilMinute) ?? STAGES[STAGES.length - 1])?.name ?? "plan"
  );
}

type MeetingTimes = Pick<Meeting, "started_at" | "ended_at">;

interface PhaseStart {
  phase: Phase;
  start_ms: number;
}

type FilmTimes = Pick<Video, "recorded_at" | "duration_ms" | "filename">;

/** What was filmed in the page says when it began; a file from elsewhere, when it was finished. */
const FILMED_HERE = /^video\.\w+$/;
const LONGEST_BEFORE_MS = 15 * 60_000;

/** How long after a meeting’s start its film began; undefined where the film’s date says nothing sensible. */
export function filmOffset({ started_at, ended_at }: MeetingTimes, film: FilmTimes): number | undefined {
  if (!started_at || !film.recorded_at) return undefined;
  const [start, recorded] = [Date.parse(started_at), Date.parse(film.recorded_at)];
  const began = FILMED_HERE.test(film.filename) ? recorded : recorded - (film.duration_ms ?? 0);
  const latest = ended_at ? Date.parse(ended_at) : Number.POSITIVE_INFINITY;
  return began < start - LONGEST_BEFORE_MS || began > latest ? undefined : began - start;
}

/** Where a meeting’s phases count from: its film’s beginning or, without one, its own. */
export function countsFrom(meeting: MeetingTimes & Pick<Meeting, "film">): number | null {
  if (!meeting.started_at) return null;
  const offset = meeting.film ? filmOffset(meeting, meeting.film) : undefined;
  return Date.parse(meeting.started_at) + (offset ?? 0);
}

/** The phases with one more; undefined when it is going on already. Clocks that disagree never go backwards. */
export function entered(phases: PhaseStart[], phase: Phase, atMs: number): PhaseStart[] | undefined {
  const starts = phases.map(({ phase: one, start_ms }) => ({ phase: one, start_ms }));
  const last = starts.at(-1);
  if (last?.phase === phase) return undefined;
  const start_ms = Math.max(Math.round(atMs), last ? last.start_ms + 1 : 0, 0);
  return [...starts, { phase, start_ms }];
}

/** Phases that were counted from a meeting’s start, on the timeline of a film that began so much later. */
export function onFilm(phases: PhaseStart[], filmBeganMs: number): PhaseStart[] {
  const moved = phases.map(({ phase, start_ms }) => ({ phase, start_ms: start_ms - filmBeganMs }));
  const after = moved.filter(({ start_ms }) => start_ms > 0);
  const going = moved.filter(({ start_ms }) => start_ms <= 0).at(-1);
  return going ? [{ ...going, start_ms: 0 }, ...after] : after;
}
