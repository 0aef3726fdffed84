import { useEffect } from "react";
import { late } from "~/shared/late";
import { useIdle } from "~/shared/useIdle";
import { savesData } from "~/watch/player/thrift";
import { usePlayerState } from "~/watch/player/usePlayer";

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

/** The film's first seconds have the line to themselves for so long after its first picture. */
const AFTER_MS = 2000;

/** Fetches what a hand may reach for next, so that it opens at once, also when the network has gone meanwhile. */
export function useToolsSoon(): void {
  const filmIsThere = usePlayerState(({ shown, trouble }) => shown || trouble !== null);
  const mayAhead = useIdle() && filmIsThere;
  useEffect(() => {
    if (!mayAhead || savesData()) return;
    const timer = setTimeout(() => {
      // What comes from here on is no part of opening the page, also to who measures it.
      performance.mark("ahead");
      for (const tool of [load.clips, load.clip]) tool().catch(() => undefined);
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [mayAhead]);
}
