import { useEffect, useMemo, useRef, useState } from "react";
import { type Draft, type Edge, moveEdge, nudgeEdge } from "~/watch/clips/draft";
import type { Span } from "~/watch/player/frameTable";
import type { Player } from "~/watch/player/Player";

export interface Cut {
  draft: Draft | null;
  /** The in point that was set before there was a draft. */
  inMs: number | null;
  begin: (draft: Draft) => void;
  setIn: (ms: number) => void;
  patch: (change: Partial<Draft>) => void;
  /** Moves an edge to a time, and shows its frame; `settle` goes back to looping. */
  move: (edge: Edge, ms: number) => void;
  nudge: (edge: Edge, by: number) => void;
  settle: (edge: Edge) => void;
  /** Plays the clip once, as others will see it. */
  playOnce: () => void;
  /** Puts the draft away; what is playing goes on. */
  close: () => void;
  /** Puts the draft away, and lets the film go on past its end. */
  end: () => void;
}

/** After the last nudge the loop goes on by itself. */
const SETTLE_MS = 900;
/** An out point is judged by what leads up to it. */
const LEAD_MS = 2000;

/** Cutting a clip: the draft, and the film that follows the edges and loops what is chosen. */
export function useCut(player: Player, durationMs: number): Cut {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [inMs, setIn] = useState<number | null>(null);
  const latest = useRef<Draft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const actions = useMemo(() => {
    const put = (next: Draft | null) => {
      latest.current = next;
      setDraft(next);
    };
    const loop = (span: Span, fromMs = span.startMs) => player.playSpan(span, { loop: true, fromMs });
    const settle = (edge: Edge) => {
      clearTimeout(timer.current);
      const span = latest.current;
      if (span) loop(span, edge === "end" ? Math.max(span.startMs, span.endMs - LEAD_MS) : span.startMs);
    };
    const close = () => {
      clearTimeout(timer.current);
      put(null);
      setIn(null);
    };
    const show = (edge: Edge, next: Draft) => {
      clearTimeout(timer.current);
      put({ ...next, edge });
      player.pause();
      player.leaveSpan();
      player.seek(edge === "start" ? next.startMs : lastFrameMs(player, next));
    };
    return {
      settle,
      playOnce() {
        clearTimeout(timer.current);
        if (latest.current) player.playSpan(latest.current);
      },
      begin(next: Draft) {
        const span = player.frames?.snapSpan(next) ?? next;
        put({ ...next, ...span });
        setIn(null);
        loop(span);
      },
      patch(change: Partial<Draft>) {
        if (latest.current) put({ ...latest.current, ...change });
      },
      move(edge: Edge, ms: number) {
        const { current } = latest;
        if (current) show(edge, moveEdge(current, edge, ms, durationMs, player.frames));
      },
      nudge(edge: Edge, by: number) {
        const { current } = latest;
        if (!current) return;
        show(edge, nudgeEdge(current, edge, by, durationMs, player.frames));
        timer.current = setTimeout(() => settle(edge), SETTLE_MS);
      },
      close,
      end() {
        close();
        player.leaveSpan();
      },
    };
  }, [player, durationMs]);

  return { draft, inMs, setIn, ...actions };
}

function lastFrameMs(player: Player, span: Span): number {
  const table = player.frames;
  return table ? table.startMs(table.framesOf(span).last) : span.endMs - 1000 / 30;
}
