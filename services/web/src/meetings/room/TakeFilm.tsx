import { Button } from "@mantine/core";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import type { Round } from "~/api/types";
import { FilmRound, type FilmRoundProps } from "~/meetings/room/FilmRound";
import { late } from "~/shared/late";
import { Poster } from "~/videos/Poster";
import { stateWords } from "~/videos/words";
import classes from "./Room.module.css";

const FilmPlayer = late(() => import("~/meetings/film/FilmPlayer"), "FilmPlayer");

/** The film of a round between the two: watched in place, or filmed if they like. */
export function TakeFilm({ films, ...filming }: FilmRoundProps & { films: boolean }) {
  const { video } = filming.round;
  if (video) return <Take video={video} />;
  return films && filming.round.rights.change ? <FilmRound {...filming} /> : null;
}

function Take({ video }: { video: NonNullable<Round["video"]> }) {
  const [plays, setPlays] = useState(false);
  if (video.state !== "watchable" && video.state !== "ready") {
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
