import { useEffect, useState } from "react";
import type { Leg } from "~/exemplars/tour";
import type { Player } from "~/watch/player/Player";

/** A player holds the last frame of a span: a little before its end. */
const NEAR_MS = 200;

export interface Tour {
  leg: Leg | null;
  number: number;
  /** The criterion has been seen, and the film waits. */
  waits: boolean;
  isLast: boolean;
  begin: () => void;
  again: () => void;
  goOn: () => void;
  end: () => void;
}

/** Leads from criterion to criterion, and waits after each. */
export function useTour(player: Player, legs: Leg[], offsetMs: number): Tour {
  const [at, setAt] = useState<number | null>(null);
  const [waits, setWaits] = useState(false);
  const leg = at === null ? null : (legs[at] ?? null);

  useEffect(() => {
    if (!leg) return;
    return player.store.subscribe(() => {
      const { playing, span } = player.store.get();
      if (playing) setWaits(false);
      else if (span && player.nowMs >= span.endMs - NEAR_MS) setWaits(true);
    });
  }, [player, leg]);

  const goTo = (place: number | null) => {
    setAt(place);
    setWaits(false);
    const next = place === null ? undefined : legs[place];
    if (next) player.playSpan({ startMs: next.span.startMs + offsetMs, endMs: next.span.endMs + offsetMs });
    else player.leaveSpan();
  };

  return {
    leg,
    number: at ?? 0,
    waits,
    isLast: at === legs.length - 1,
    begin: () => goTo(0),
    again: () => goTo(at),
    goOn: () => goTo(at === null || at >= legs.length - 1 ? null : at + 1),
    end: () => {
      player.pause();
      goTo(null);
    },
  };
}
