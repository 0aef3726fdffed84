import { lazy } from "react";

// The film comes first. What hangs on it and what one does with it follow while its first frame is on the way.
const load = {
  lists: () => import("~/watch/Lists"),
  editor: () => import("~/watch/moments/MomentEditor"),
  clip: () => import("~/watch/clips/ClipSheet"),
  keys: () => import("~/watch/KeysOverlay"),
};

export const Lists = lazy(() => load.lists().then((file) => ({ default: file.Lists })));
export const MomentEditor = lazy(() => load.editor().then((file) => ({ default: file.MomentEditor })));
export const ClipSheet = lazy(() => load.clip().then((file) => ({ default: file.ClipSheet })));
export const KeysOverlay = lazy(() => load.keys().then((file) => ({ default: file.KeysOverlay })));

/** Fetches what a hand may reach for next, so that it opens at once. */
export function fetchTools(): void {
  for (const part of [load.editor, load.clip]) part().catch(() => undefined);
}
