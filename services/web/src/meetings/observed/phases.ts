import type { Meeting, Phase } from "~/api/types";
import { count } from "~/shared/words";

export type PhaseSpan = Meeting["counts"]["phases"][number];
export type Start = Pick<PhaseSpan, "phase" | "start_ms">;

/** The phases in the order they usually come, as one speaks of them. */
export const PHASES: { phase: Phase; label: string }[] = [
  { phase: "praise", label: "Praise" },
  { phase: "probe", label: "Questions" },
  { phase: "step", label: "The step" },
  { phase: "model", label: "Model" },
  { phase: "rehearsal", label: "Rehearsal" },
  { phase: "plan", label: "What’s next" },
];

export function phaseLabel(phase: Phase): string {
  return PHASES.find((one) => one.phase === phase)?.label ?? phase;
}

export interface Bar extends PhaseSpan {
  end_ms: number;
  /** Of the whole film, in per cent. */
  left: number;
  width: number;
}

/** Where each phase lies on a bar as long as the film. */
export function bars(spans: PhaseSpan[], durationMs: number): Bar[] {
  return spans
    .filter(({ start_ms }) => start_ms < durationMs)
    .map((span) => {
      const end_ms = Math.min(span.end_ms ?? durationMs, durationMs);
      const part = (ms: number) => (100 * ms) / durationMs;
      return { ...span, end_ms, left: part(span.start_ms), width: part(end_ms - span.start_ms) };
    });
}

/** Another phase begins at this place; what began there before gives way. */
export function begin(starts: Start[], phase: Phase, ms: number): Start[] {
  return inOrder([...starts.filter(({ start_ms }) => start_ms !== ms), { phase, start_ms: ms }]);
}

/** The phase at this place of the list begins somewhere else. */
export function move(starts: Start[], place: number, ms: number): Start[] {
  const moved = starts[place];
  return moved ? begin(without(starts, place), moved.phase, ms) : starts;
}

export function without(starts: Start[], place: number): Start[] {
  return starts.filter((_, index) => index !== place);
}

/** The phase that goes on at this place of the film. */
export function phaseAt(spans: PhaseSpan[], ms: number): number {
  return spans.findLastIndex(({ start_ms }) => start_ms <= ms);
}

/** “1 model, 3 goes”: facts to think about. */
export function roundWords({ models, rehearsals }: Pick<Meeting["counts"], "models" | "rehearsals">): string {
  return `${count(models, "model")}, ${count(rehearsals, "go", "goes")}`;
}

function inOrder(starts: Start[]): Start[] {
  return starts.toSorted((a, b) => a.start_ms - b.start_ms);
}
