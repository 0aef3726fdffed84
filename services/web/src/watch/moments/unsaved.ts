import type { MomentKind } from "~/watch/moments/kinds";

export interface Words {
  kind: MomentKind;
  text: string;
  criterion: string | null;
}

/** A moment that somebody marked and that the server doesn't have yet. */
export interface UnsavedMoment extends Words {
  key: string;
  videoId: string;
  startMs: number;
  endMs: number | null;
  /** Why it couldn't be saved. */
  problem: string | null;
  /** The server has said no for good: asking again wouldn't help. */
  refused: boolean;
  /** Taken back while it was on its way. */
  removed: boolean;
}

let unsaved: UnsavedMoment[] = [];
const listeners = new Set<() => void>();

function put(next: UnsavedMoment[]): void {
  unsaved = next;
  for (const listener of listeners) listener();
}

/** Moments on their way to the server. They outlive the page, so that leaving it loses none. */
export const unsavedMoments = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  all: (): UnsavedMoment[] => unsaved,
  find: (key: string): UnsavedMoment | undefined => unsaved.find((moment) => moment.key === key),
  add: (moment: UnsavedMoment): void => put([...unsaved, moment]),
  change: (key: string, change: Partial<UnsavedMoment>): void =>
    put(unsaved.map((moment) => (moment.key === key ? { ...moment, ...change } : moment))),
  remove: (key: string): void => put(unsaved.filter((moment) => moment.key !== key)),
};
