import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";
import type { Clip } from "~/api/types";

/** The clips of one person’s films that the viewer may see, newest first. */
export const clipsQuery = (coachee: string) =>
  paged([...keys.clips, coachee], (cursor) =>
    ok(api.GET("/api/v1/clips", { params: { query: { coachee, cursor } } })),
  );

export const clipQuery = (id: string) =>
  queryOptions({
    queryKey: keys.clip(id),
    queryFn: () => ok(api.GET("/api/v1/clips/{clip_id}", { params: { path: { clip_id: id } } })),
  });

/** Has the clip made in the film’s full quality; the server tells every screen when it is there. */
export function useAskForOriginal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (clip: Clip) =>
      ok(api.POST("/api/v1/clips/{clip_id}/original", { params: { path: { clip_id: clip.id } } })),
    onSuccess: (clip) => {
      client.setQueryData(keys.clip(clip.id), clip);
      if (clip.video) void client.invalidateQueries({ queryKey: keys.videoClips(clip.video) });
    },
  });
}
