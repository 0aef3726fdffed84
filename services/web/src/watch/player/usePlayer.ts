import { createContext, use, useEffect, useState, useSyncExternalStore } from "react";
import { Player } from "~/watch/player/Player";
import type { PlayerState } from "~/watch/player/state";

export const PlayerContext = createContext<Player | null>(null);

/** The player of this page. */
export function usePlayer(): Player {
  const player = use(PlayerContext);
  if (!player) throw new Error("usePlayer needs a PlayerContext around it");
  return player;
}

/** One thing of the player's state; draws anew only when that changes. */
export function usePlayerState<T>(pick: (state: PlayerState) => T): T {
  const { store } = usePlayer();
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}

/** The place in the film, told only when `pick` of it changes: rarely enough to draw from. */
export function usePlace<T extends number | string | null>(pick: (ms: number) => T): T {
  const player = usePlayer();
  const [subscribe] = useState(() => (tell: () => void) => player.onTime(tell));
  return useSyncExternalStore(subscribe, () => pick(player.nowMs));
}

export function useNewPlayer(): Player {
  const [player] = useState(() => new Player());
  return player;
}

/** Calls back with the place in the film at every picture; for what is moved by hand, without drawing anew. */
export function useOnTime(listener: (ms: number) => void): void {
  const player = usePlayer();
  useEffect(() => player.onTime(listener), [player, listener]);
}
