import type { Store } from "~/filming/journal/types";

/** Where a browser keeps nothing at all: the film can still be sent, as long as the page stays open. */
export class Memory implements Store {
  private readonly chunks = new Map<string, Blob>();

  async append(id: string, bytes: ArrayBuffer): Promise<number> {
    const whole = new Blob([await this.blob(id), bytes]);
    this.chunks.set(id, whole);
    return whole.size;
  }

  async size(id: string): Promise<number> {
    return (await this.blob(id)).size;
  }

  async read(id: string, start: number, end: number): Promise<ArrayBuffer> {
    return (await this.blob(id)).slice(start, end).arrayBuffer();
  }

  async seal(): Promise<void> {}

  async blob(id: string): Promise<Blob> {
    return this.chunks.get(id) ?? new Blob();
  }

  async drop(id: string): Promise<void> {
    this.chunks.delete(id);
  }

  async ids(): Promise<string[]> {
    return [...this.chunks.keys()];
  }
}
