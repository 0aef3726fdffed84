export type Saving = "saved" | "unsaved" | "saving" | "failed";

export interface SaverState<Patch> {
  /** What was changed here and isn’t answered yet. */
  unsaved: Partial<Patch>;
  saving: Saving;
  problem?: unknown;
  /** Something was kept since the page was opened. */
  touched: boolean;
}

interface Limits {
  /** How long to wait for the next key. */
  afterMs?: number;
  /** How long after something went wrong. */
  retryMs?: number;
}

/**
 * Keeps what is typed by itself: a moment after the last change, one request at a time, the newest value of each
 * field. Knows no React and no HTTP.
 */
export class Saver<Patch extends object> {
  private state: SaverState<Patch> = { unsaved: {}, saving: "saved", touched: false };
  private waiting: Partial<Patch> = {};
  private sending: Partial<Patch> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly afterMs: number;
  private readonly retryMs: number;

  constructor(
    private readonly send: (patch: Partial<Patch>) => Promise<unknown>,
    { afterMs = 600, retryMs = 5000 }: Limits = {},
  ) {
    this.afterMs = afterMs;
    this.retryMs = retryMs;
  }

  get = (): SaverState<Patch> => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes some fields; `now` for what is pressed rather than typed. */
  change(patch: Partial<Patch>, { now = false } = {}): void {
    this.waiting = { ...this.waiting, ...patch };
    this.show(this.sending ? "saving" : "unsaved");
    this.schedule(now ? 0 : this.afterMs);
  }

  /** Sends what waits at once. */
  flush = (): void => {
    if (Object.keys(this.waiting).length > 0) this.schedule(0);
  };

  /** Sends what waits at once, and answers whether all of it is kept. */
  settled = (): Promise<boolean> => {
    this.flush();
    return new Promise((resolve) => {
      const look = () => {
        const { saving } = this.state;
        if (saving !== "saved" && saving !== "failed") return;
        stop();
        resolve(saving === "saved");
      };
      const stop = this.subscribe(look);
      look();
    });
  };

  private schedule(inMs: number): void {
    clearTimeout(this.timer);
    if (this.sending) return;
    if (inMs === 0) void this.go();
    else this.timer = setTimeout(() => void this.go(), inMs);
  }

  private async go(): Promise<void> {
    const patch = this.waiting;
    this.sending = patch;
    this.waiting = {};
    this.show("saving");
    try {
      await this.send(patch);
      this.sending = null;
      const more = Object.keys(this.waiting).length > 0;
      this.show(more ? "unsaved" : "saved", undefined, true);
      if (more) this.schedule(0);
    } catch (problem) {
      this.sending = null;
      // What was typed meanwhile is newer.
      this.waiting = { ...patch, ...this.waiting };
      this.show("failed", problem);
      this.schedule(this.retryMs);
    }
  }

  private show(saving: Saving, problem?: unknown, touched = this.state.touched): void {
    this.state = {
      unsaved: { ...this.sending, ...this.waiting } as Partial<Patch>,
      saving,
      problem,
      touched,
    };
    for (const listener of this.listeners) listener();
  }
}
