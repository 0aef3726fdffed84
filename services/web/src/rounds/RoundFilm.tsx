import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Video } from "~/api/types";
import { useCountsWatching } from "~/videos/ownWatches";
import { Film } from "~/watch/player/Film";
import { Transport } from "~/watch/player/Transport";
import { PlayerContext, useNewPlayer, usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import { framesQuery } from "~/watch/timeline/queries";
import classes from "./RoundPage.module.css";

interface RoundFilmProps {
  video: Video;
  /** Width by height, where it is known. */
  aspect: number | null;
}

/** The film of a go, on the page where one says what one saw. */
export function RoundFilm(props: RoundFilmProps) {
  const player = useNewPlayer();
  return (
    <PlayerContext value={player}>
      <Watched {...props} />
    </PlayerContext>
  );
}

function Watched({ video, aspect }: RoundFilmProps) {
  const player = usePlayer();
  const { mp4, hls } = video.playback;
  const { data: table } = useQuery(framesQuery(video.frames));
  const tellsMs = usePlayerState((state) => state.durationMs);
  useCountsWatching(player, { video: video.id });
  useEffect(() => {
    if (table) player.setFrames(table);
  }, [player, table]);
  useEffect(() => player.load({ mp4, hls }), [player, mp4, hls]);
  return (
    <div className={classes.film}>
      <Film title={video.title} url={mp4} poster={video.poster} aspect={aspect} captions={video.captions} />
      <Transport durationMs={video.duration_ms ?? tellsMs} />
    </div>
  );
}
