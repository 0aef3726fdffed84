/** Where films are written down while they are filmed. */
export interface Store {
  /** Adds bytes at the end and answers the new size once they would survive the browser’s end. */
  append(id: string, bytes: ArrayBuffer): Promise<number>;
  size(id: string): Promise<number>;
  read(id: string, start: number, end: number): Promise<ArrayBuffer>;
  /** Nothing more will come. */
  seal(id: string): Promise<void>;
  /** All of it, to play. */
  blob(id: string): Promise<Blob>;
  drop(id: string): Promise<void>;
  ids(): Promise<string[]>;
}

/** Where a journal lies. What lies in memory is gone with the page. */
export type Place = "files" | "database" | "memory";

interface Asking {
  place: undefined;
  append: { id: string; chunk: Blob };
  size: { id: string };
  read: { id: string; start: number; end: number };
  seal: { id: string };
  blob: { id: string };
  drop: { id: string };
  ids: undefined;
}

interface Answering {
  place: Place;
  append: number;
  size: number;
  read: ArrayBuffer;
  seal: undefined;
  blob: Blob;
  drop: undefined;
  ids: string[];
}

export type Verb = keyof Asking;
export type Wish<V extends Verb> = Asking[V];
export type Answer<V extends Verb> = Answering[V];

export type Request = { [V in Verb]: { number: number; verb: V; wish: Wish<V> } }[Verb];
export type Response =
  | { number: number; answer: Answer<Verb> }
  | { number: number; problem: "full" | "failed"; detail: string };
