import { lazy, useEffect } from "react";
import { useIdle } from "~/shared/useIdle";

// The film comes first. What hangs on it and what one does with it follow while its first frame is on the way.
const load = {
  lists: () => import("~/watch/Lists"),
  editor: () => import("~/watch/moments/MomentEditor"),
  clip: () => import("~/watch/clips/ClipSheet"),
  keys: () => import("~/watch/KeysOverlay"),
  menu: () => import("~/watch/FilmMenu"),
  clips: () => import("~/watch/clips/ClipList"),
};

export const Lists = lazy(() => load.lists().then((file) => ({ default: file.Lists })));
export const MomentEditor = lazy(() => load.editor().then((file) => ({ default: file.MomentEditor })));
export const ClipSheet = lazy(() => load.clip().then((file) => ({ default: file.ClipSheet })));
export const KeysOverlay = lazy(() => load.keys().then((file) => ({ default: file.KeysOverlay })));

export const FilmMenu = lazy(() => load.menu().then((file) => ({ default: file.FilmMenu })));
export const ClipList = lazy(() => load.clips().then((file) => ({ default: file.ClipList })));
export const loadFilmMenu = load.menu;

/** The film and its first seconds have the line to themselves for so long. */
const AFTER_MS = 6000;

/** Fetches what a hand may reach for next, so that it opens at once, also when the network has gone meanwhile. */
export function useToolsSoon(): void {
  const idle = useIdle();
  useEffect(() => {
    if (!idle) return;
    const timer = setTimeout(() => {
      for (const tool of [load.editor, load.clips, load.clip]) tool().catch(() => undefined);
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [idle]);
}
