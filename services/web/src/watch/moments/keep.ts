interface Kept {
  key: string;
}

/** A list that listeners hear of, and that survives a reload of the page. */
export interface KeptList<T extends Kept> {
  subscribe: (listener: () => void) => () => void;
  all: () => T[];
  find: (key: string) => T | undefined;
  add: (entry: T) => void;
  change: (key: string, change: Partial<T>) => void;
  remove: (key: string) => void;
}

/** Opens the list of this name, with what an earlier page left in it. */
export function keptList<T extends Kept>(name: string): KeptList<T> {
  let entries = read<T>(name);
  const listeners = new Set<() => void>();

  const put = (next: T[]) => {
    entries = next;
    write(name, next);
    for (const listener of listeners) listener();
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    all: () => entries,
    find: (key) => entries.find((entry) => entry.key === key),
    add: (entry) => put([...entries, entry]),
    change: (key, change) =>
      put(entries.map((entry) => (entry.key === key ? { ...entry, ...change } : entry))),
    remove: (key) => put(entries.filter((entry) => entry.key !== key)),
  };
}

function read<T>(name: string): T[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function write(name: string, entries: unknown[]): void {
  try {
    if (entries.length > 0) localStorage.setItem(name, JSON.stringify(entries));
    else localStorage.removeItem(name);
  } catch {
    // A private window may forbid it, or be full: then the list lives as long as the page.
  }
}
