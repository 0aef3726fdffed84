import { Database } from "~/filming/journal/database";
import { Files } from "~/filming/journal/files";
import { Memory } from "~/filming/journal/memory";
import type { Answer, Place, Request, Response, Store, Verb } from "~/filming/journal/types";

// A worker, because only there files are written through at once, and so that a busy page loses no chunk.

const opening: Promise<{ store: Store; place: Place }> = open();
/** One after the other: chunks keep their order. */
let queue: Promise<unknown> = Promise.resolve();

async function open(): Promise<{ store: Store; place: Place }> {
  const files = await Files.here();
  if (files) return { store: files, place: "files" };
  const database = await Database.here();
  return database ? { store: database, place: "database" } : { store: new Memory(), place: "memory" };
}

async function answerTo(request: Request): Promise<Answer<Verb>> {
  const { store, place } = await opening;
  switch (request.verb) {
    case "place":
      return place;
    case "append":
      return store.append(request.wish.id, await request.wish.chunk.arrayBuffer());
    case "size":
      return store.size(request.wish.id);
    case "read":
      return store.read(request.wish.id, request.wish.start, request.wish.end);
    case "seal":
      return store.seal(request.wish.id) as Promise<undefined>;
    case "blob":
      return store.blob(request.wish.id);
    case "drop":
      return store.drop(request.wish.id) as Promise<undefined>;
    case "ids":
      return store.ids();
  }
}

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  queue = queue.then(async () => {
    let response: Response;
    try {
      response = { number: data.number, answer: await answerTo(data) };
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      response = { number: data.number, problem: full ? "full" : "failed", detail: String(error) };
    }
    const bytes = "answer" in response && response.answer instanceof ArrayBuffer ? [response.answer] : [];
    self.postMessage(response, { transfer: bytes });
  });
});
