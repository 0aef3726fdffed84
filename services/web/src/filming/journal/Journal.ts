import type { Answer, Place, Request, Response, Verb, Wish } from "~/filming/journal/types";

/** The device has no room for more of the film. */
export class JournalFull extends Error {}

/**
 * What is being filmed, written down chunk by chunk, so that it survives whatever happens to the page. One for
 * the whole page; its work is done in a worker.
 */
class Journal {
  private readonly worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "filming",
  });
  private readonly waiting = new Map<number, (response: Response) => void>();
  private number = 0;

  constructor() {
    this.worker.addEventListener("message", ({ data }: MessageEvent<Response>) => {
      this.waiting.get(data.number)?.(data);
      this.waiting.delete(data.number);
    });
    // A worker that doesn’t even start would leave everybody waiting.
    this.worker.addEventListener("error", ({ message }) => {
      for (const [number, answer] of this.waiting) answer({ number, problem: "failed", detail: message });
      this.waiting.clear();
      if (only === this) only = undefined; // whoever asks next tries anew
    });
  }

  place(): Promise<Place> {
    return this.ask("place", undefined);
  }

  /** Adds a chunk; answers the size once it is safe. Throws `JournalFull`. */
  append(id: string, chunk: Blob): Promise<number> {
    return this.ask("append", { id, chunk });
  }

  size(id: string): Promise<number> {
    return this.ask("size", { id });
  }

  read(id: string, start: number, end: number): Promise<ArrayBuffer> {
    return this.ask("read", { id, start, end });
  }

  seal(id: string): Promise<void> {
    return this.ask("seal", { id });
  }

  blob(id: string): Promise<Blob> {
    return this.ask("blob", { id });
  }

  drop(id: string): Promise<void> {
    return this.ask("drop", { id });
  }

  ids(): Promise<string[]> {
    return this.ask("ids", undefined);
  }

  private ask<V extends Verb>(verb: V, wish: Wish<V>): Promise<Answer<V>> {
    const number = ++this.number;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, (response) => {
        if ("answer" in response) resolve(response.answer as Answer<V>);
        else if (response.problem === "full") reject(new JournalFull(response.detail));
        else reject(new Error(response.detail));
      });
      this.worker.postMessage({ number, verb, wish } as Request);
    });
  }
}

export type { Journal };

let only: Journal | undefined;

/** The page’s journal; the first who asks starts it. */
export function journal(): Journal {
  only ??= new Journal();
  return only;
}
