import { Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DeskRow, FilmRef } from "~/api/types";
import { deskQuery } from "~/coaching/api";
import { CoacheeRow } from "~/coaching/CoacheeRow";
import { Trouble } from "~/shared/Trouble";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { Poster } from "~/videos/Poster";
import card from "~/videos/VideoCard.module.css";
import grid from "~/videos/VideosPage.module.css";
import classes from "./Desk.module.css";

const SHOWN = 6;

/** A coach's desk: what there is to watch first, then everybody in a calm row. */
export function Desk() {
  const { data: rows, error } = useQuery(deskQuery);
  // Both parts come at once, so that neither pushes the other down.
  if (!rows && !error) return <Skeleton h={420} radius={18} role="status" aria-label="Loading your desk" />;
  const films = (rows ?? []).flatMap((row) => row.to_watch.map((film) => ({ film, row })));
  return (
    <>
      {films.length > 0 && (
        <section aria-labelledby="desk-watch">
          <Title order={2} id="desk-watch" mb="md">
            To watch
          </Title>
          <ul className={grid.grid}>
            {films.slice(0, SHOWN).map(({ film, row }) => (
              <ToWatch key={film.id} film={film} row={row} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="desk-people">
        <Title order={2} id="desk-people" mb="md">
          Your coachees
        </Title>
        <CoacheeRows rows={rows} error={error} />
      </section>
    </>
  );
}

export function CoacheeRows({ rows, error }: { rows: DeskRow[] | undefined; error: Error | null }) {
  if (!rows && error) {
    return <Trouble error={error} />;
  }
  if (!rows) return <Skeleton h={170} radius={18} />;
  return (
    <ul className={classes.rows}>
      {rows.map((row) => (
        <CoacheeRow key={row.pairing} row={row} />
      ))}
    </ul>
  );
}

function ToWatch({ film, row }: { film: FilmRef; row: DeskRow }) {
  return (
    <li className={card.card}>
      <Poster src={film.poster} durationMs={film.duration_ms} />
      <div className={card.text}>
        <strong className={card.title}>
          <Link to="/videos/$id" params={{ id: film.id }} className={card.link}>
            {film.title}
          </Link>
        </strong>
        <p className={classes.origin}>
          {firstName(row.coachee.name)} · {said(film.at)}
        </p>
      </div>
    </li>
  );
}
