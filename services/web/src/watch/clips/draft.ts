import type { Clip } from "~/api/types";
import type { FrameTable, Span } from "~/watch/player/frameTable";

export type Edge = "start" | "end";

/** A clip while it is being cut: new, or an old one whose edges move. */
export interface Draft extends Span {
  /** The clip that is changed; `null` for a new one. */
  clipId: string | null;
  /** The moment it is made from. */
  momentId: string | null;
  title: string;
  actionStep: string | null;
  criterion: string | null;
  /** The edge that `[` and `]` move. */
  edge: Edge;
}

/** The longest stretch that is still a clip and not a lesson. */
export const LONGEST_MS = 10 * 60_000;
const SHORTEST_MS = 40;
const TITLE_LENGTH = 70;

interface Seed {
  startMs: number;
  endMs: number | null;
  text: string;
  criterion: string | null;
  saved: { id: string } | null;
}

/** A draft around a moment, or around a place where there is none. */
export function newDraft(span: Span, durationMs: number, moment?: Seed): Draft {
  return {
    ...inFilm(span, durationMs),
    clipId: null,
    momentId: moment?.saved?.id ?? null,
    title: moment ? suggestTitle(moment.text) : "",
    actionStep: null,
    criterion: moment?.criterion ?? null,
    edge: "start",
  };
}

export function draftOf(clip: Clip): Draft {
  return {
    startMs: clip.start_ms,
    endMs: clip.end_ms,
    clipId: clip.id,
    momentId: clip.moment,
    title: clip.title,
    actionStep: clip.action_step,
    criterion: clip.criterion,
    edge: "start",
  };
}

/** The span that a clip of a moment should have: its own, or a little around a point. */
export function spanAround({ startMs, endMs }: Pick<Seed, "startMs" | "endMs">): Span {
  return endMs === null ? { startMs: startMs - 5000, endMs: startMs + 10_000 } : { startMs, endMs };
}

/** The first sentence of a note, short enough for a title. */
export function suggestTitle(text: string): string {
  const sentence = /^[^\n.!?]*/.exec(text.trim())?.[0].trim() ?? "";
  if (sentence.length <= TITLE_LENGTH) return sentence;
  const cut = sentence.slice(0, TITLE_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), TITLE_LENGTH / 2)).trimEnd()}…`;
}

/** Moves one edge to a time; the edges never cross, and the clip is never longer than a clip may be. */
export function moveEdge<T extends Span>(
  span: T,
  edge: Edge,
  ms: number,
  durationMs: number,
  table: FrameTable | null,
): T {
  const farthest = edge === "start" ? span.endMs - LONGEST_MS : span.startMs + LONGEST_MS;
  const place = edge === "start" ? Math.max(ms, farthest, 0) : Math.min(ms, farthest, durationMs);
  if (table) {
    const { first, last } = table.framesOf(span);
    const frames =
      edge === "start"
        ? { first: Math.min(table.nearest(place), last), last }
        : { first, last: table.framesOf({ startMs: span.startMs, endMs: place }).last };
    return { ...span, ...table.spanOf(frames) };
  }
  if (edge === "start") return { ...span, startMs: Math.round(Math.min(place, span.endMs - SHORTEST_MS)) };
  return { ...span, endMs: Math.round(Math.max(place, span.startMs + SHORTEST_MS)) };
}

/** Moves one edge by frames. */
export function nudgeEdge<T extends Span>(
  span: T,
  edge: Edge,
  by: number,
  durationMs: number,
  table: FrameTable | null,
): T {
  const from = edge === "start" ? span.startMs : span.endMs;
  if (!table) return moveEdge(span, edge, from + (by * 1000) / 30, durationMs, table);
  const { first, last } = table.framesOf(span);
  const boundary = (edge === "start" ? first : last + 1) + by;
  return moveEdge(span, edge, table.startMs(Math.min(Math.max(boundary, 0), table.count)), durationMs, table);
}

function inFilm({ startMs, endMs }: Span, durationMs: number): Span {
  const start = Math.min(Math.max(startMs, 0), Math.max(durationMs - SHORTEST_MS, 0));
  const end = Math.min(Math.max(endMs, start + SHORTEST_MS), durationMs, start + LONGEST_MS);
  return rounded({ startMs: start, endMs: Math.max(end, start + 1) });
}

function rounded({ startMs, endMs }: Span): Span {
  return { startMs: Math.round(startMs), endMs: Math.round(endMs) };
}
