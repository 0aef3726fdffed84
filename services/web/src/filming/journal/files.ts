import type { Store } from "~/filming/journal/types";

// TypeScript knows these from its library for workers only, which can’t stand beside the one for pages.
interface SyncHandle {
  getSize(): number;
  read(into: ArrayBuffer, options: { at: number }): number;
  write(from: ArrayBuffer, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

type FileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncHandle> };
type Folder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

const FOLDER = "filming";
// A reload can be quicker than the old page’s letting go of the file.
const PATIENCE_MS = 3_000;

/** In the browser’s private file system: written through to the disk, chunk by chunk. */
export class Files implements Store {
  private readonly open = new Map<string, SyncHandle>();

  private constructor(private readonly folder: Folder) {}

  /** Answers undefined where the browser has no such files. */
  static async here(): Promise<Files | undefined> {
    if (typeof FileSystemFileHandle === "undefined") return undefined;
    if (!("createSyncAccessHandle" in FileSystemFileHandle.prototype)) return undefined;
    try {
      const root = await navigator.storage.getDirectory();
      const files = new Files((await root.getDirectoryHandle(FOLDER, { create: true })) as Folder);
      // Private windows forbid it, some only when it comes to writing.
      const trial = `trial-${crypto.randomUUID()}`;
      await files.append(trial, new ArrayBuffer(1));
      await files.drop(trial);
      return files;
    } catch {
      return undefined;
    }
  }

  async append(id: string, bytes: ArrayBuffer): Promise<number> {
    const file = await this.handle(id);
    const size = file.getSize();
    try {
      const written = file.write(bytes, { at: size });
      if (written < bytes.byteLength) throw new DOMException("Short write", "QuotaExceededError");
      file.flush();
    } catch (error) {
      file.truncate(size); // half a chunk is worse than none
      throw error;
    }
    return file.getSize();
  }

  async size(id: string): Promise<number> {
    return this.open.get(id)?.getSize() ?? (await this.file(id))?.size ?? 0;
  }

  async read(id: string, start: number, end: number): Promise<ArrayBuffer> {
    const file = this.open.get(id);
    if (!file) return (await this.blob(id)).slice(start, end).arrayBuffer();
    const bytes = new ArrayBuffer(Math.max(0, Math.min(end, file.getSize()) - start));
    file.read(bytes, { at: start });
    return bytes;
  }

  async seal(id: string): Promise<void> {
    this.open.get(id)?.close();
    this.open.delete(id);
  }

  async blob(id: string): Promise<Blob> {
    await this.seal(id);
    return (await this.file(id)) ?? new Blob();
  }

  async drop(id: string): Promise<void> {
    await this.seal(id);
    await this.folder.removeEntry(id).catch(() => undefined);
  }

  async ids(): Promise<string[]> {
    const ids: string[] = [];
    for await (const id of this.folder.keys()) ids.push(id);
    return ids;
  }

  private async file(id: string): Promise<File | undefined> {
    const handle = await this.folder.getFileHandle(id).catch(() => undefined);
    return handle?.getFile();
  }

  private async handle(id: string): Promise<SyncHandle> {
    let file = this.open.get(id);
    if (!file) {
      const handle = (await this.folder.getFileHandle(id, { create: true })) as FileHandle;
      file = await patiently(() => handle.createSyncAccessHandle());
      this.open.set(id, file);
    }
    return file;
  }
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
