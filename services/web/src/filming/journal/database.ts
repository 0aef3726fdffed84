import type { Store } from "~/filming/journal/types";

const NAME = "pennydrop-filming";
const CHUNKS = "chunks";

interface Chunk {
  id: string;
  /** Where in the film its first byte is. */
  start: number;
  bytes: ArrayBuffer;
}

/** In IndexedDB, for browsers without files of their own: a row for each chunk. */
export class Database implements Store {
  private readonly sizes = new Map<string, number>();

  private constructor(private readonly db: IDBDatabase) {}

  static async here(): Promise<Database | undefined> {
    if (typeof indexedDB === "undefined") return undefined;
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(CHUNKS, { keyPath: ["id", "start"] });
    return new Promise((resolve) => {
      request.onsuccess = () => resolve(new Database(request.result));
      request.onerror = () => resolve(undefined);
    });
  }

  async append(id: string, bytes: ArrayBuffer): Promise<number> {
    const start = await this.size(id);
    // `strict`: answered only when it is on the disk.
    const transaction = this.db.transaction(CHUNKS, "readwrite", { durability: "strict" });
    transaction.objectStore(CHUNKS).put({ id, start, bytes } satisfies Chunk);
    await done(transaction);
    this.sizes.set(id, start + bytes.byteLength);
    return start + bytes.byteLength;
  }

  async size(id: string): Promise<number> {
    const known = this.sizes.get(id);
    if (known !== undefined) return known;
    const chunks = this.db.transaction(CHUNKS).objectStore(CHUNKS);
    const last = (await answer(chunks.openCursor(all(id), "prev")))?.value as Chunk | undefined;
    const size = last ? last.start + last.bytes.byteLength : 0;
    this.sizes.set(id, size);
    return size;
  }

  async read(id: string, start: number, end: number): Promise<ArrayBuffer> {
    const size = await this.size(id);
    const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
    const chunks = this.db.transaction(CHUNKS).objectStore(CHUNKS);
    // The chunk that `start` lies in begins before it.
    const first = (await answer(chunks.openCursor(IDBKeyRange.bound([id, 0], [id, start]), "prev")))?.value;
    const from = (first as Chunk | undefined)?.start ?? 0;
    const range = IDBKeyRange.bound([id, from], [id, start + bytes.length], false, true);
    await eachOf(chunks.openCursor(range), (chunk) => {
      const skip = Math.max(0, start - chunk.start);
      const part = new Uint8Array(chunk.bytes).subarray(skip, start + bytes.length - chunk.start);
      if (part.length > 0) bytes.set(part, chunk.start + skip - start);
    });
    return bytes.buffer;
  }

  async seal(): Promise<void> {}

  async blob(id: string): Promise<Blob> {
    // Blobs may lie on the disk, buffers can't.
    const parts: Blob[] = [];
    const chunks = this.db.transaction(CHUNKS).objectStore(CHUNKS);
    await eachOf(chunks.openCursor(all(id)), (chunk) => parts.push(new Blob([chunk.bytes])));
    return new Blob(parts);
  }

  async drop(id: string): Promise<void> {
    this.sizes.delete(id);
    const transaction = this.db.transaction(CHUNKS, "readwrite");
    transaction.objectStore(CHUNKS).delete(all(id));
    await done(transaction);
  }

  async ids(): Promise<string[]> {
    const keys = await answer(this.db.transaction(CHUNKS).objectStore(CHUNKS).getAllKeys());
    return [...new Set(keys.map((key) => String((key as IDBValidKey[])[0])))];
  }
}

function all(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.POSITIVE_INFINITY]);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function eachOf(request: IDBRequest<IDBCursorWithValue | null>, take: (chunk: Chunk) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return resolve();
      take(cursor.value as Chunk);
      cursor.continue();
    };
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
