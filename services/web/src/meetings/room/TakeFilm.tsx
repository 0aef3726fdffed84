import { Button } from "@mantine/core";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { Meeting, Round } from "~/api/types";
import { Poster } from "~/videos/Poster";
import { stateWords } from "~/videos/words";
import classes from "./Room.module.css";

const FilmPlayer = lazy(() =>
  import("~/meetings/film/FilmPlayer").then((module) => ({ default: module.FilmPlayer })),
);

interface TakeFilmProps {
  meeting: Meeting;
  round: Round;
  films: boolean;
}

/** The film of a round between the two: watched in place, or filmed if they like. */
export function TakeFilm({ round: { video } }: TakeFilmProps) {
  const [plays, setPlays] = useState(false);
  if (!video) return null;
  const watchable = video.state === "watchable" || video.state === "ready";
  if (!watchable) {
    return (
      <p className={classes.quiet} role="status">
        {stateWords(video)}
      </p>
    );
  }
  return plays ? (
    <Suspense fallback={<div className={classes.filmBlank} />}>
      <FilmPlayer video={video} plays keys />
    </Suspense>
  ) : (
    <div className={classes.take}>
      <Poster src={video.poster} durationMs={video.duration_ms} />
      <Button
        variant="default"
        leftSection={<IconPlayerPlayFilled size={20} />}
        onClick={() => setPlays(true)}
      >
        Watch it together
      </Button>
    </div>
  );
}
