import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Clip, Video } from "~/api/types";
import type { ShownMoment } from "~/watch/moments/useMoments";
import type { Player } from "~/watch/player/Player";
import { usePlayerState } from "~/watch/player/usePlayer";
import { startAt } from "~/watch/startAt";
import { framesQuery, soundQuery, speechQuery, storyboardQuery } from "~/watch/timeline/queries";

/** Where a link says to begin. */
export interface Start {
  t: number | string | undefined;
  clip: string | undefined;
  moment: string | undefined;
  /** A press on “play” led here. */
  play?: boolean | undefined;
}

/**
 * What is drawn beside the film, as far as it is there yet. It waits for the film's first picture: a browser
 * opens few connections at once, and the picture is what somebody came for.
 */
export function useFilmExtras(video: Video) {
  const enabled = usePlayerState(({ shown, trouble }) => shown || trouble !== null);
  const { data: sound } = useQuery({ ...soundQuery(video.waveform), enabled });
  const { data: speech } = useQuery({ ...speechQuery(video.speech), enabled });
  const { data: thumbs } = useQuery({ ...storyboardQuery(video.storyboard), enabled });
  return { sound, speech, thumbs };
}

interface Places {
  clips: Clip[] | undefined;
  moments: ShownMoment[] | undefined;
}

/** Opens the film at the place its link names, and goes there when the link changes. */
export function useOpening(player: Player, video: Video, start: Start, places: Places): void {
  const { data: table } = useQuery(framesQuery(video.frames));
  const { mp4, hls } = video.playback;
  const clip = start.clip ? places.clips?.find(({ id }) => id === start.clip) : undefined;
  const fromMs = openingMs(video, start, clip, places);
  const wentTo = useRef<string | null>(null);

  useEffect(() => {
    if (table) player.setFrames(table);
  }, [player, table]);

  useEffect(() => {
    if (fromMs !== undefined) player.load({ mp4, hls }, fromMs);
  }, [player, mp4, hls, fromMs]);

  const plays = start.play === true;
  useEffect(() => {
    if (plays) void player.play();
  }, [player, plays]);

  useEffect(() => {
    const place = clip?.id ?? (fromMs === undefined ? null : String(fromMs));
    if (place === null || wentTo.current === place) return;
    const isFirst = wentTo.current === null;
    wentTo.current = place;
    if (clip) player.playSpan({ startMs: clip.start_ms, endMs: clip.end_ms });
    else if (!isFirst && fromMs !== undefined) player.seek(fromMs);
  }, [player, clip, fromMs]);
}

/** Undefined while it isn't known yet where a clip or a moment lies. */
function openingMs(video: Video, start: Start, clip: Clip | undefined, places: Places): number | undefined {
  const named = startAt(start.t, video.duration_ms);
  if (named !== undefined) return named;
  if (start.clip) return clip ? clip.start_ms : places.clips && 0;
  if (!start.moment) return 0;
  const moment = places.moments?.find(({ saved }) => saved?.id === start.moment);
  return moment ? moment.startMs : places.moments && 0;
}
