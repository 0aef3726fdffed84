import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { allMoments } from "~/videos/whole";
import type { Words } from "~/watch/moments/unsaved";

/** All moments of a video, however many pages they fill. */
export const momentsQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.moments(videoId),
    queryFn: () => allMoments(videoId),
  });

interface NewMoment extends Words {
  start_ms: number;
  end_ms: number | null;
}

export const saveMoment = (video_id: string, body: NewMoment) =>
  ok(api.POST("/api/v1/videos/{video_id}/moments", { params: { path: { video_id } }, body }));

export const changeMoment = (moment_id: string, body: Partial<Words>) =>
  ok(api.PATCH("/api/v1/moments/{moment_id}", { params: { path: { moment_id } }, body }));

export const removeMoment = (moment_id: string) =>
  ok(api.DELETE("/api/v1/moments/{moment_id}", { params: { path: { moment_id } } }));

export const replyTo = (moment_id: string, text: string) =>
  ok(api.POST("/api/v1/moments/{moment_id}/replies", { params: { path: { moment_id } }, body: { text } }));

export const importMoments = (video_id: string, vtt: string) =>
  ok(
    api.POST("/api/v1/videos/{video_id}/moments/import", {
      params: { path: { video_id } },
      body: vtt,
      bodySerializer: () => vtt,
      headers: { "Content-Type": "text/vtt" },
    }),
  );
