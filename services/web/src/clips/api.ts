import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

/** The clips of one person’s films that the viewer may see, newest first. */
export const clipsQuery = (coachee: string) =>
  queryOptions({
    queryKey: [...keys.clips, coachee],
    queryFn: async () => (await ok(api.GET("/api/v1/clips", { params: { query: { coachee } } }))).items,
  });

export const clipQuery = (id: string) =>
  queryOptions({
    queryKey: keys.clip(id),
    queryFn: () => ok(api.GET("/api/v1/clips/{clip_id}", { params: { path: { clip_id: id } } })),
  });
