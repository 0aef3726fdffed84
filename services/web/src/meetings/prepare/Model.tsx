import { Textarea, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Meeting } from "~/api/types";
import { stepQuery } from "~/library/api";
import type { Preparation } from "~/meetings/prepare/usePreparation";
import { firstName } from "~/shared/words";
import { videosOf } from "~/videos/api";
import classes from "./Prepare.module.css";

interface ModelProps {
  meeting: Meeting;
  preparation: Preparation;
}

/** How the coach will show the step: word for word, and on film where there is one. */
export function Model({ meeting, preparation }: ModelProps) {
  const { script, type, press, libraryStep, saver } = preparation;
  const films = useModels(meeting, libraryStep);
  const chosen = saver.unsaved.model === undefined ? (meeting.model?.id ?? null) : saver.unsaved.model;
  return (
    <section className={classes.part} aria-labelledby="model">
      <Title order={2} id="model">
        How you’ll model it
      </Title>
      <Textarea
        label="Your script, word for word"
        description="It is in your sight when you model. You’ll be marked against the criteria first."
        placeholder="“Pencils down. Eyes on me.” Wait. Look at each table…"
        minRows={4}
        value={script}
        onChange={(event) => type({ script: event.currentTarget.value })}
        onBlur={saver.flush}
      />
      {films.length > 0 && (
        <fieldset className={classes.films}>
          <legend>Or begin with a model on film</legend>
          {films.map((film) => (
            <button
              key={film.id}
              type="button"
              className={classes.filmChoice}
              aria-pressed={film.id === chosen}
              onClick={() => press({ model: film.id === chosen ? null : film.id })}
            >
              {film.poster ? <img src={film.poster} alt="" loading="lazy" /> : <span aria-hidden="true" />}
              <span>
                {film.title}
                <small>{film.whose}</small>
              </span>
            </button>
          ))}
        </fieldset>
      )}
    </section>
  );
}

interface ModelFilm {
  id: string;
  title: string;
  whose: string;
  poster: string | null;
}

/** The coach’s own models, and the library’s of the step in mind. */
function useModels(meeting: Meeting, libraryStep: string | null): ModelFilm[] {
  const { data: videos = [] } = useInfiniteQuery(videosOf("me", "model"));
  const about = libraryStep ?? meeting.previous?.step ?? null;
  const { data: step } = useQuery({ ...stepQuery(about ?? ""), enabled: about !== null });
  const own = videos
    .filter(({ state }) => state !== "failed")
    .map(({ id, title, poster }) => ({ id, title, poster, whose: "Yours" }));
  const published = (step?.exemplars ?? []).flatMap(({ video, title, owner }) =>
    video
      ? [{ id: video.id, title, poster: video.poster, whose: `${firstName(owner.name)}, in the library` }]
      : [],
  );
  const seen = new Set<string>();
  return [...published, ...own].filter(({ id }) => !seen.has(id) && seen.add(id));
}
