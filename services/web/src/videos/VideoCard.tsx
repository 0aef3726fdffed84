import { Progress, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Me, Video } from "~/api/types";
import cover from "~/shared/Cover.module.css";
import { Poster } from "~/videos/Poster";
import { VideoMenu } from "~/videos/VideoMenu";
import { originWords, stateWords } from "~/videos/words";
import classes from "./VideoCard.module.css";

export function VideoCard({ video, me }: { video: Video; me: Me }) {
  const words = stateWords(video);
  const watchable = video.state === "watchable" || video.state === "ready";
  const busy = video.state === "processing" || video.state === "uploading";
  return (
    <li className={classes.card}>
      <Poster src={video.poster} durationMs={video.duration_ms} busy={busy} />
      <div className={classes.text}>
        <strong className={classes.title}>
          {watchable ? (
            <Link to="/videos/$id" params={{ id: video.id }} className={`${cover.link} ${classes.link}`}>
              {video.title}
            </Link>
          ) : (
            video.title
          )}
        </strong>
        <Text c="dimmed">{originWords(video, me)}</Text>
        {words && (
          <Text role="status" c={video.state === "failed" ? "var(--mantine-color-error)" : "dimmed"}>
            {words}
          </Text>
        )}
        {video.state === "watchable" && (
          <Progress
            value={video.progress}
            size={5}
            mt={6}
            aria-label="How far the copies for slow networks are"
          />
        )}
      </div>
      <div className={classes.menu}>
        <VideoMenu video={video} me={me} />
      </div>
    </li>
  );
}
