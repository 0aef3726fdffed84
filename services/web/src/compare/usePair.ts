import { createContext, use, useEffect, useState, useSyncExternalStore } from "react";
import type { Pair, PairState } from "~/compare/Pair";

export const PairContext = createContext<Pair | null>(null);

/** The two films of this page. */
export function usePair(): Pair {
  const pair = use(PairContext);
  if (!pair) throw new Error("usePair needs a PairContext around it");
  return pair;
}

/** One thing of their state; draws anew only when that changes. */
export function usePairState<T>(pick: (state: PairState) => T): T {
  const { store } = usePair();
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}

/** The place on their line, told only when `pick` of it changes. */
export function useLinePlace<T extends number | string>(pick: (atMs: number) => T): T {
  const pair = usePair();
  const [subscribe] = useState(() => (tell: () => void) => pair.onTime(tell));
  return useSyncExternalStore(subscribe, () => pick(pair.nowMs));
}

/** Calls back with the place at every picture, without drawing anew. */
export function useOnLine(listener: (atMs: number) => void): void {
  const pair = usePair();
  useEffect(() => pair.onTime(listener), [pair, listener]);
}
