import { useSyncExternalStore } from "react";
import type { Wishes } from "~/uploads/upload";

/** What is filmed, and what becomes of it. */
export interface Filming {
  wishes: Wishes;
  /** What is being filmed, in a few words. */
  title: string;
  /** What to look out for. */
  criteria?: string[];
  /** A film was kept; the server knows it under this id. Films kept offline are told of when they are known. */
  onFilmed?: (videoId: string) => void;
  /** “Again from the top” needs a round of its own: its id, or undefined for none. */
  onAgain?: () => Promise<string | undefined>;
  onClose?: () => void;
}

let open: Filming | undefined;
const listeners = new Set<() => void>();

function set(filming: Filming | undefined): void {
  open = filming;
  for (const listener of listeners) listener();
}

/**
 * Opens the camera over the whole screen.
 *
 * It belongs to the app and not to the page that opened it: whatever that page hears meanwhile (the network is
 * gone, somebody else began another round, the meeting is over), filming goes on.
 */
export function openCamera(filming: Filming): void {
  set(filming);
}

export function closeCamera(): void {
  const closing = open;
  set(undefined);
  closing?.onClose?.();
}

export function useFilming(): Filming | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
}
