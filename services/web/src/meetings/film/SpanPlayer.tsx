import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Video } from "~/api/types";
import { Controls } from "~/meetings/film/Controls";
import { Film } from "~/watch/player/Film";
import type { Playback } from "~/watch/player/Source";
import { PlayerContext, useNewPlayer, usePlayer } from "~/watch/player/usePlayer";
import { framesQuery } from "~/watch/timeline/queries";
import classes from "./SpanPlayer.module.css";

export interface SpanPlayerProps {
  title: string;
  playback: Playback;
  poster: string | null;
  /** The film it is a part of, where the viewer may see that: then it is exact to the frame. */
  video?: Video;
  startMs: number;
  endMs: number;
  /** It was pressed to be played; else it waits, its first frame on the screen. */
  plays?: boolean;
  /** Keys work it: space, the arrows, B from its beginning, S slowly. */
  keys?: boolean;
}

/** A stretch of film, exactly from its first frame to its last: again, and slowly. */
export function SpanPlayer(props: SpanPlayerProps) {
  const player = useNewPlayer();
  return (
    <PlayerContext value={player}>
      <Span {...props} />
    </PlayerContext>
  );
}

function Span({
  title,
  playback,
  poster,
  video,
  startMs,
  endMs,
  plays = false,
  keys = false,
}: SpanPlayerProps) {
  const player = usePlayer();
  const { mp4, hls } = playback;
  const { data: table } = useQuery(framesQuery(video?.frames));
  const [first] = useState({ startMs, endMs, plays });

  useEffect(() => {
    if (table) player.setFrames(table);
  }, [player, table]);
  useEffect(() => player.load({ mp4, hls }, startMs), [player, mp4, hls, startMs]);
  useEffect(() => {
    const isFirst = first.startMs === startMs && first.endMs === endMs;
    player.playSpan({ startMs, endMs });
    if (isFirst && !first.plays) player.pause();
  }, [player, startMs, endMs, first]);

  return (
    <div className={classes.player}>
      <Film
        title={title}
        url={mp4}
        poster={poster}
        aspect={video?.width && video.height ? video.width / video.height : null}
        captions={video?.captions}
      />
      <Controls startMs={startMs} endMs={endMs} keys={keys} />
    </div>
  );
}
