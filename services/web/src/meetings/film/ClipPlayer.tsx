import { useQuery } from "@tanstack/react-query";
import type { Clip } from "~/api/types";
import { SpanPlayer } from "~/meetings/film/SpanPlayer";
import { videoQuery } from "~/videos/api";
import classes from "./SpanPlayer.module.css";

interface ClipPlayerProps {
  clip: Clip;
  plays?: boolean;
  keys?: boolean;
}

/** A clip: a window on its film for who may see that, else its own file. */
export function ClipPlayer({ clip, plays, keys }: ClipPlayerProps) {
  const film = useQuery({ ...videoQuery(clip.video ?? ""), enabled: clip.video !== null });
  if (clip.video !== null && film.isPending) return <div className={classes.blank} />;
  const mp4 = film.data?.playback.mp4 ?? clip.playback.mp4 ?? clip.file.url;
  const hls = film.data?.playback.hls ?? clip.playback.hls;
  if (!mp4 && !hls) {
    return (
      <div className={classes.blank} role="status">
        {clip.file.state === "failed" ? "This clip couldn’t be cut." : "This clip plays here in a moment."}
      </div>
    );
  }
  return (
    <SpanPlayer
      // Clips of one film share its player; the next one is there at once.
      key={clip.video ?? clip.id}
      title={clip.title}
      playback={{ mp4, hls }}
      poster={clip.poster}
      video={film.data}
      startMs={clip.playback.start_ms}
      endMs={clip.playback.end_ms}
      plays={plays}
      keys={keys}
    />
  );
}
