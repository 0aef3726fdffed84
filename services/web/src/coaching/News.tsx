import { Title } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Me, Moment, Video } from "~/api/types";
import { momentsQuery } from "~/moments/api";
import { at, said } from "~/shared/time";
import { count, firstName, list } from "~/shared/words";
import { videosQuery } from "~/videos/api";
import classes from "./News.module.css";

const LOOKED_AT = 4;
const NEW_FOR_MS = 14 * 24 * 3600 * 1000;

interface Item {
  video: Video;
  moments: Moment[];
}

/** What others marked lately in my newest films, each one tap from its first moment. */
export function News({ me }: { me: Me }) {
  const { data: videos } = useQuery(videosQuery);
  const mine = (videos ?? [])
    .filter((video) => video.owner.id === me.id && (video.state === "ready" || video.state === "watchable"))
    .slice(0, LOOKED_AT);
  const items = useQueries({
    queries: mine.map((video) => momentsQuery(video.id)),
    combine: (answers) => mine.flatMap((video, place) => newsOf(video, answers[place]?.data ?? [], me)),
  });
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="news">
      <Title order={2} id="news">
        What’s new
      </Title>
      <ul className={classes.news}>
        {items.map(({ video, moments }) => (
          <li key={video.id}>
            <span className={classes.dot} aria-hidden="true" />
            <Link
              to="/videos/$id"
              params={{ id: video.id }}
              search={{ moment: moments[0]?.id, t: at(moments[0]?.start_ms ?? 0) }}
              className={classes.link}
            >
              {authors(moments)} marked {count(moments.length, "moment")} in “{video.title}”
              <small>{said(newest(moments))}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function newsOf(video: Video, moments: Moment[], me: Me): Item[] {
  const since = new Date(Date.now() - NEW_FOR_MS).toISOString();
  const fresh = moments.filter((moment) => moment.author.id !== me.id && moment.created_at > since);
  return fresh.length ? [{ video, moments: fresh.toSorted((a, b) => a.start_ms - b.start_ms) }] : [];
}

function authors(moments: Moment[]): string {
  return list([...new Set(moments.map((moment) => firstName(moment.author.name)))]);
}

function newest(moments: Moment[]): string {
  return moments.reduce((latest, { created_at }) => (created_at > latest ? created_at : latest), "");
}
