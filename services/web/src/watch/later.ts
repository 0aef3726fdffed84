import { useEffect } from "react";
import { late } from "~/shared/late";
import { useIdle } from "~/shared/useIdle";

// The film comes first. What hangs on it and what one does with it follow while its first frame is on the way.
const load = {
  lists: () => import("~/watch/Lists"),
  clip: () => import("~/watch/clips/ClipSheet"),
  keys: () => import("~/watch/KeysOverlay"),
  menu: () => import("~/watch/FilmMenu"),
  clips: () => import("~/watch/clips/ClipList"),
};

export const Lists = late(load.lists, "Lists");
export const ClipSheet = late(load.clip, "ClipSheet");
export const KeysOverlay = late(load.keys, "KeysOverlay");

export const FilmMenu = late(load.menu, "FilmMenu");
export const ClipList = late(load.clips, "ClipList");
export const loadFilmMenu = load.menu;

/** The film and its first seconds have the line to themselves for so long. */
const AFTER_MS = 2000;

/** Fetches what a hand may reach for next, so that it opens at once, also when the network has gone meanwhile. */
export function useToolsSoon(): void {
  const idle = useIdle();
  useEffect(() => {
    if (!idle) return;
    const timer = setTimeout(() => {
      for (const tool of [load.clips, load.clip]) tool().catch(() => undefined);
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [idle]);
}
