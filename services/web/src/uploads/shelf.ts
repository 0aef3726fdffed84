import type { Upload } from "~/uploads/upload";

/** What survives a reload: where each upload is, and its file where the browser had room for a copy. */
export interface Shelved {
  id: string;
  /** The account it belongs to: people share tablets. */
  person: string;
  upload: Upload;
}

const NAME = "pennydrop-uploads";
type Store = "uploads" | "files";

// Browsers copy a stored file. Beyond this, the copying costs more than choosing the file again.
const LARGEST_COPY = 2_000_000_000;

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("uploads", { keyPath: "id" });
      request.result.createObjectStore("files");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function run<T>(
  store: Store,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode);
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export async function shelved(person: string): Promise<Shelved[]> {
  const rows = await run<Shelved[]>("uploads", "readonly", (store) => store.getAll());
  return rows.filter((row) => row.person === person);
}

/** The ids of all uploads on this device, whoever's they are. */
export async function everybodys(): Promise<ReadonlySet<string>> {
  const ids = await run<IDBValidKey[]>("uploads", "readonly", (store) => store.getAllKeys());
  return new Set(ids.map(String));
}

export async function keep(row: Shelved): Promise<void> {
  await run("uploads", "readwrite", (store) => store.put(row));
}

/** Keeps a copy of the file, if there is room for it. Answers whether it did. */
export async function keepFile(id: string, file: File): Promise<boolean> {
  if (!(await hasRoomFor(file.size))) return false;
  await run("files", "readwrite", (store) => store.put(file, id));
  return true;
}

export function keptFile(id: string): Promise<File | undefined> {
  return run<File | undefined>("files", "readonly", (store) => store.get(id));
}

export async function dropFile(id: string): Promise<void> {
  await run("files", "readwrite", (store) => store.delete(id));
}

export async function drop(id: string): Promise<void> {
  await dropFile(id);
  await run("uploads", "readwrite", (store) => store.delete(id));
}

async function hasRoomFor(size: number): Promise<boolean> {
  if (size > LARGEST_COPY || !navigator.storage?.estimate) return false;
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return size < (quota - usage) / 2;
}
