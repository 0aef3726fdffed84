import { useMediaQuery } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { ActionStep, Clip, Video } from "~/api/types";
import { actionStepsQuery, presentStep } from "~/coaching/api";
import { videoClipsQuery } from "~/watch/clips/api";
import { currentKey, reachedKey } from "~/watch/moments/order";
import { type ShownMoment, useMoments } from "~/watch/moments/useMoments";
import { usePlace, usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import { useClipping } from "~/watch/useClipping";
import { type Start, useFilmExtras, useOpening } from "~/watch/useFilm";
import { useMarking } from "~/watch/useMarking";
import { useWatchKeys } from "~/watch/useWatchKeys";

export type List = "moments" | "clips";
export type Desk = ReturnType<typeof useDesk>;

/** Everything that lies on the watch page's desk: the film, what hangs on it, and what is in hand. */
export function useDesk(video: Video, start: Start) {
  const player = usePlayer();
  const isLaptop = useMediaQuery("(min-width: 62em)", undefined, { getInitialValueInEffect: false });
  const [list, setList] = useState<List>(start.clip ? "clips" : "moments");
  const [showsKeys, setShowsKeys] = useState(false);
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const sayRef = useRef<HTMLTextAreaElement>(null);

  const moments = useMoments(video.id);
  const clips = useQuery(videoClipsQuery(video.id));
  const steps = useSteps(video);
  const extras = useFilmExtras(video);
  const filmMs = usePlayerState((state) => state.durationMs);
  const durationMs = video.duration_ms ?? filmMs;
  useOpening(player, video, start, {
    clips: clips.data,
    moments: moments.isLoading ? undefined : moments.list,
  });

  const marking = useMarking(player, moments);
  const clipping = useClipping(player, video, durationMs, steps);
  const currentMoment = usePlace((ms) => currentKey(moments.list, ms));
  const litKey = marking.editing ?? currentMoment;
  const reachedMoment = usePlace((ms) => reachedKey(moments.list, ms));
  const span = usePlayerState((state) => state.span);
  const playingClip = clips.data?.find(
    ({ start_ms, end_ms }) => start_ms === span?.startMs && end_ms === span.endMs,
  );

  const mark = () => {
    if (!video.rights.mark) return;
    setList("moments");
    marking.mark();
  };
  const clipHere = () => {
    const moment = moments.find(currentMoment);
    if (moment) clipping.fromMoment(moment);
    else clipping.aroundHere();
  };

  useWatchKeys({
    player,
    clipping,
    mayClip: video.rights.clip,
    mark,
    clipHere,
    say() {
      const moment = moments.find(litKey);
      if (!moment?.mine) return;
      marking.edit(moment.key);
      requestAnimationFrame(() => sayRef.current?.focus());
    },
    note: () => noteRef.current?.focus(),
    help: () => setShowsKeys(true),
    close() {
      if (clipping.cut.draft || clipping.cut.inMs !== null) clipping.cut.end();
      else marking.edit(null);
    },
  });

  return {
    isLaptop,
    linked: start.t !== undefined || start.clip !== undefined || start.moment !== undefined,
    list,
    setList,
    showsKeys,
    setShowsKeys,
    noteRef,
    sayRef,
    moments,
    clips,
    steps,
    extras,
    durationMs,
    marking,
    clipping,
    litKey,
    followedKey: litKey ?? reachedMoment,
    playingClip,
    mark,
    clipHere,
    playMoment(moment: ShownMoment) {
      marking.edit(null);
      player.leaveSpan();
      player.seek(moment.startMs);
      void player.play();
    },
    playClip: ({ start_ms, end_ms }: Clip) => player.playSpan({ startMs: start_ms, endMs: end_ms }),
  };
}

/** The steps of the person in the film, the present one first. */
function useSteps(video: Video): ActionStep[] {
  const { data = [] } = useInfiniteQuery({ ...actionStepsQuery(video.owner.id), enabled: video.rights.mark });
  const present = presentStep(data);
  return present ? [present, ...data.filter(({ id }) => id !== present.id)] : data;
}
