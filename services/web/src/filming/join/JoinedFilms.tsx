import { Button, Progress, Title } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { SaveFilm } from "~/filming/SaveFilm";
import { isUnfinished, type Upload } from "~/uploads/upload";
import type { Uploader } from "~/uploads/uploader";
import { uploadWords } from "~/uploads/words";
import classes from "./JoinPage.module.css";

/** What this phone has filmed by codes, and how far it is. Watching is for the laptop. */
export function JoinedFilms({ films, uploader }: { films: readonly Upload[]; uploader: Uploader }) {
  if (films.length === 0) return null;
  return (
    <section className={classes.films} aria-labelledby="films">
      <Title order={2} id="films">
        {films.some(isUnfinished) ? "On their way" : "Sent"}
      </Title>
      <ul>
        {films.map((film) => (
          <li key={film.id} className={classes.film}>
            <strong>{film.title}</strong>
            <span role="status">
              {film.state === "sent" && <IconCheck size={20} aria-hidden="true" />}
              {film.state === "sent" ? "Sent. It is on the laptop now." : uploadWords(film, undefined)}
            </span>
            {isUnfinished(film) && (
              <Progress
                value={film.size ? (film.sent / film.size) * 100 : 0}
                aria-label={`How much of “${film.title}” has been sent`}
              />
            )}
            {(film.state === "no-room" || film.state === "paused") && (
              <Button variant="light" onClick={() => uploader.resume(film.id)}>
                Try again
              </Button>
            )}
            {(film.state === "no-room" || film.state === "failed") && (
              <SaveFilm upload={film} uploader={uploader} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
