import type { Span } from "~/watch/player/frameTable";

/** What a screen needs to know of a player; everything here changes rarely. */
export interface PlayerState {
  /** The frame that was asked for is on the screen; before that the poster is. */
  shown: boolean;
  playing: boolean;
  waiting: boolean;
  rate: number;
  muted: boolean;
  durationMs: number;
  /** Width by height, once the film has told it. */
  aspect: number | null;
  /** The place that was asked for isn't made yet; it is shown as soon as it is. */
  coming: boolean;
  span: Span | null;
  looping: boolean;
  trouble: string | null;
}

export const AT_FIRST: PlayerState = {
  shown: false,
  playing: false,
  waiting: false,
  rate: 1,
  muted: false,
  durationMs: 0,
  aspect: null,
  coming: false,
  span: null,
  looping: false,
  trouble: null,
};

/** Holds the state and tells who listens when it changes, in the form that React's external stores have. */
export class Store<State extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: State) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get = (): State => this.current;

  set(change: Partial<State>): void {
    const keys = Object.keys(change) as (keyof State)[];
    if (keys.every((key) => Object.is(this.current[key], change[key]))) return;
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) listener();
  }
}
