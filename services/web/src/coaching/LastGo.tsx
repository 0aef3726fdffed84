import { Link } from "@tanstack/react-router";
import type { Video } from "~/api/types";
import { said } from "~/shared/time";
import { Poster } from "~/videos/Poster";
import classes from "./LastGo.module.css";

/** My latest go at the step, one tap from playing. */
export function LastGo({ video }: { video: Video }) {
  return (
    <div className={classes.go}>
      <div className={classes.picture}>
        <Poster src={video.poster} durationMs={video.duration_ms} />
      </div>
      <div>
        <Link to="/videos/$id" params={{ id: video.id }} className={classes.link}>
          {video.title}
        </Link>
        <small>Your last go, {said(video.recorded_at ?? video.created_at)}</small>
      </div>
    </div>
  );
}

/** The latest film of a step that plays; undefined before the first. */
export function lastGo(videos: Video[] | undefined, step: string): Video | undefined {
  const when = (video: Video) => video.recorded_at ?? video.created_at;
  return videos
    ?.filter((video) => video.action_step === step && video.purpose === "rehearsal")
    .filter(({ state }) => state === "watchable" || state === "ready")
    .toSorted((a, b) => when(b).localeCompare(when(a)))[0];
}
