import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Player } from "~/watch/player/Player";

/** How often I came back to my films, clips and models. Nobody else can ask. */
export const ownWatchesQuery = queryOptions({
  queryKey: keys.ownWatches,
  queryFn: () => ok(api.GET("/api/v1/me/watches")),
});

/** What is counted: a film, a clip of it, or a clip whose film isn’t mine to see. */
export interface Watched {
  video: string | null;
  clip?: string | null;
}

/** The server counts once in ten minutes; it needn't be asked more often. */
const AGAIN_AFTER_MS = 10 * 60_000;
const saidAt = new Map<string, number>();

/** Says that play was pressed on a film of mine, or a model I was shown: counted for me alone. */
export function useCountsWatching(player: Player, watched: Watched | null): void {
  const client = useQueryClient();
  const count = useEffectEvent(async () => {
    if (!watched) return;
    const key = watched.clip ?? watched.video ?? "";
    if (performance.now() - (saidAt.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_AFTER_MS) return;
    saidAt.set(key, performance.now());
    try {
      await say(watched);
      void client.invalidateQueries({ queryKey: keys.ownWatches });
      // Today tells it too, the next time it is looked at.
      void client.invalidateQueries({ queryKey: [...keys.actionSteps, "today"], refetchType: "none" });
    } catch {
      // Offline: it is a kindness, not a record.
      saidAt.delete(key);
    }
  });
  useEffect(() => {
    const look = () => player.store.get().playing && void count();
    look();
    return player.store.subscribe(look);
  }, [player]);
}

function say({ video, clip }: Watched): Promise<unknown> {
  if (video) {
    const params = { path: { video_id: video } };
    return ok(api.POST("/api/v1/videos/{video_id}/watches", { params, body: clip ? { clip } : null }));
  }
  return ok(api.POST("/api/v1/clips/{clip_id}/watches", { params: { path: { clip_id: clip ?? "" } } }));
}
