import type { Video } from "~/api/types";
import { SpanPlayer } from "~/meetings/film/SpanPlayer";
import { stateWords } from "~/videos/words";
import classes from "./SpanPlayer.module.css";

interface FilmPlayerProps {
  video: Video;
  plays?: boolean;
  keys?: boolean;
}

/** A whole film between two people: a model, or a take. */
export function FilmPlayer({ video, plays, keys }: FilmPlayerProps) {
  const { playback, duration_ms } = video;
  if (!(playback.mp4 || playback.hls) || duration_ms === null) {
    return (
      <div className={classes.blank} role="status">
        {stateWords(video) ?? "It plays here in a moment."}
      </div>
    );
  }
  return (
    <SpanPlayer
      key={video.id}
      title={video.title}
      playback={playback}
      poster={video.poster}
      video={video}
      startMs={0}
      endMs={duration_ms}
      plays={plays}
      keys={keys}
    />
  );
}
