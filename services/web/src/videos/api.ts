import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";
import type { components } from "~/api/schema";
import type { Video } from "~/api/types";
import { allClips, allMoments } from "~/videos/whole";

type VideoPage = components["schemas"]["VideoPage"];

/** A screen or two of cards. */
const AT_ONCE = 60;

/** What there is to watch, the newest first, a page at a time; of one person where she is named. */
export const videoPages = (owner?: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.videos, "pages", owner ?? null],
    initialPageParam: null as string | null,
    getNextPageParam: (page: VideoPage) => page.next_cursor,
    queryFn: ({ pageParam: cursor }): Promise<VideoPage> =>
      ok(api.GET("/api/v1/videos", { params: { query: { owner, cursor, limit: AT_ONCE } } })),
  });

/** The films of one person, the newest first; of one purpose where it is named. */
export const videosOf = (owner: string, purpose?: Video["purpose"]) =>
  paged([...keys.videos, "of", owner, purpose ?? null], (cursor) =>
    ok(api.GET("/api/v1/videos", { params: { query: { owner, purpose, cursor, limit: AT_ONCE } } })),
  );

export const videoQuery = (id: string) =>
  queryOptions({
    queryKey: keys.video(id),
    queryFn: () => ok(api.GET("/api/v1/videos/{video_id}", { params: { path: { video_id: id } } })),
  });

/** Still changing by itself: worth asking again. */
export function isUnderway(video: Video): boolean {
  return (
    video.state === "uploading" ||
    video.state === "processing" ||
    video.state === "watchable" ||
    (video.state === "ready" && !video.proven)
  );
}

/** How many moments and clips a film carries; undefined where nobody can say. */
export async function countOn(id: string): Promise<{ moments?: number; clips?: number }> {
  try {
    const [moments, clips] = await Promise.all([allMoments(id), allClips(id)]);
    return { moments: moments.length, clips: clips.length };
  } catch {
    return {};
  }
}

export function useRenameVideo(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (title: string) =>
      ok(api.PATCH("/api/v1/videos/{video_id}", { params: { path: { video_id: id } }, body: { title } })),
    onSuccess: (video) => {
      client.setQueryData(keys.video(id), video);
      return client.invalidateQueries({ queryKey: keys.videos });
    },
  });
}

export function useDeleteVideo(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => ok(api.DELETE("/api/v1/videos/{video_id}", { params: { path: { video_id: id } } })),
    onSuccess: () => {
      client.removeQueries({ queryKey: keys.video(id) });
      return client.invalidateQueries({ queryKey: keys.videos });
    },
  });
}

export const sharesQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.video(id), "shares"],
    queryFn: () => ok(api.GET("/api/v1/videos/{video_id}/shares", { params: { path: { video_id: id } } })),
  });

export const watchesQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.video(id), "watches"],
    queryFn: () => ok(api.GET("/api/v1/videos/{video_id}/watches", { params: { path: { video_id: id } } })),
  });

export function useShares(id: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: sharesQuery(id).queryKey });
  const share = useMutation({
    mutationFn: (person: string) =>
      ok(
        api.POST("/api/v1/videos/{video_id}/shares", {
          params: { path: { video_id: id } },
          body: { person },
        }),
      ),
    onSuccess: refresh,
  });
  const takeBack = useMutation({
    mutationFn: (person_id: string) =>
      ok(
        api.DELETE("/api/v1/videos/{video_id}/shares/{person_id}", {
          params: { path: { video_id: id, person_id } },
        }),
      ),
    onSuccess: refresh,
  });
  return { share, takeBack };
}
