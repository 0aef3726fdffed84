import type { QueryClient } from "@tanstack/react-query";
import type { Clip, Knot } from "~/api/types";
import { videoQuery } from "~/videos/api";
import { videoClipsQuery } from "~/watch/clips/api";
import { momentsQuery } from "~/watch/moments/api";
import { openAhead } from "~/watch/player/ahead";
import { aimMs } from "~/watch/player/frameTable";
import { framesQuery } from "~/watch/timeline/queries";

/** Asks for what the watch page needs, all at once. */
export function prefetchFilm(client: QueryClient, id: string): void {
  void client.prefetchQuery(videoQuery(id)).then(() => {
    const frames = client.getQueryData(videoQuery(id).queryKey)?.frames;
    if (frames) void client.prefetchQuery(framesQuery(frames));
  });
  void client.prefetchQuery(videoClipsQuery(id));
  void client.prefetchQuery(momentsQuery(id));
}

/** Begins to open a clip's film at its first frame: somebody is about to press it, or is `likely` to. */
export function openClipAhead(client: QueryClient, clip: Clip, likely = false): void {
  if (!clip.video) {
    if (clip.file.url) openAhead(clip.file.url, aimMs(null, 0), { likely });
    return;
  }
  const video = client.getQueryData(videoQuery(clip.video).queryKey);
  const url = video?.playback.mp4 ?? clip.playback.mp4;
  const table = video && client.getQueryData(framesQuery(video.frames).queryKey);
  if (url) openAhead(url, aimMs(table ?? null, clip.start_ms), { likely });
}

/** The same for whatever stands on a step’s thread. */
export function openKnotAhead(client: QueryClient, knot: Knot, likely = false): void {
  const table = knot.frames ? client.getQueryData(framesQuery(knot.frames).queryKey) : null;
  if (knot.playback.mp4) openAhead(knot.playback.mp4, aimMs(table ?? null, knot.start_ms), { likely });
}
