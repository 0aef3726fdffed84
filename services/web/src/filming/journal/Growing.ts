import type { FileSource, SliceResult } from "tus-js-client";

/** What a growing film needs to know of the journal. */
export interface Readable {
  read(id: string, start: number, end: number): Promise<ArrayBuffer>;
}

/** Somebody stopped sending; what waited for more bytes waits no longer. */
export class NoLongerWanted extends Error {}

/** A film that may still be growing, as tus-js-client reads files: who reads past its end waits for more. */
export class Growing {
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly journal: Readable,
    private readonly id: string,
    private known: number,
    private whole: boolean,
  ) {}

  get size(): number {
    return this.known;
  }

  get isWhole(): boolean {
    return this.whole;
  }

  /** So many bytes are in the journal now. */
  grow(size: number): void {
    this.known = size;
    this.wake();
  }

  /** So many bytes are in the journal now, and nothing more will come. */
  end(size: number): void {
    this.known = size;
    this.whole = true;
    this.wake();
  }

  /** One reading of it, for one try at sending. */
  reader(): { openFile: () => Promise<FileSource>; cancel: () => void } {
    let wanted = true;
    const slice = async (start: number, end: number): Promise<SliceResult> => {
      while (wanted && !this.whole && this.known <= start) await this.more();
      // An aborted request that is sent all the same would race with the one that follows it.
      if (!wanted) throw new NoLongerWanted();
      const [until, all] = [Math.min(end, this.known), this.whole];
      const bytes = until > start ? await this.journal.read(this.id, start, until) : new ArrayBuffer(0);
      if (!wanted) throw new NoLongerWanted();
      return { value: new Blob([bytes]), done: all && until >= this.known };
    };
    return {
      openFile: async () => ({ size: this.known, slice, close: () => undefined }),
      cancel: () => {
        wanted = false;
        this.wake();
      },
    };
  }

  private more(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
