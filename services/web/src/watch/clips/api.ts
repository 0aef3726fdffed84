import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Clip } from "~/api/types";
import { allClips } from "~/videos/whole";
import type { Draft } from "~/watch/clips/draft";

/** All clips of a video. A file that is being made is asked for again until it is there. */
export const videoClipsQuery = (videoId: string) =>
  queryOptions({
    queryKey: keys.videoClips(videoId),
    queryFn: async (): Promise<Clip[]> => {
      const clips = await allClips(videoId);
      return clips.sort((a, b) => a.start_ms - b.start_ms);
    },
    refetchInterval: ({ state }) => (state.data?.some(isBeingMade) ? 4000 : false),
  });

function isBeingMade(clip: Clip): boolean {
  return clip.file.state === "queued" || clip.original?.state === "queued";
}

/** Saves a draft: a new clip, or the change of one. */
export function useSaveClip(videoId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft): Promise<Clip> => {
      const body = {
        start_ms: draft.startMs,
        end_ms: draft.endMs,
        title: draft.title.trim(),
        action_step: draft.actionStep,
        criterion: draft.criterion,
      };
      if (draft.clipId) {
        const path = { clip_id: draft.clipId };
        return ok(api.PATCH("/api/v1/clips/{clip_id}", { params: { path }, body }));
      }
      const path = { video_id: videoId };
      return ok(
        api.POST("/api/v1/videos/{video_id}/clips", {
          params: { path },
          body: { ...body, moment: draft.momentId },
        }),
      );
    },
    onSuccess: (clip) => {
      client.setQueryData<Clip[]>(keys.videoClips(videoId), (clips = []) =>
        [...clips.filter(({ id }) => id !== clip.id), clip].sort((a, b) => a.start_ms - b.start_ms),
      );
      void client.invalidateQueries({ queryKey: keys.clips });
      void client.invalidateQueries({ queryKey: keys.actionSteps });
    },
  });
}

export function useDeleteClip(videoId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (clip_id: string) =>
      ok(api.DELETE("/api/v1/clips/{clip_id}", { params: { path: { clip_id } } })),
    onSuccess: (_nothing, clipId) => {
      client.setQueryData<Clip[]>(keys.videoClips(videoId), (clips = []) =>
        clips.filter(({ id }) => id !== clipId),
      );
      client.removeQueries({ queryKey: keys.clip(clipId) });
      void client.invalidateQueries({ queryKey: keys.clips });
    },
  });
}
