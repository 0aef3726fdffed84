import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AnswerNews, DropInNews, News as NewsItem } from "~/api/types";
import { at, said } from "~/shared/time";
import { count, firstName } from "~/shared/words";
import classes from "./News.module.css";

interface NewsProps {
  news: NewsItem[];
  dropIns: DropInNews[];
  answers: AnswerNews[];
}

interface Line {
  key: string;
  kind: "moments" | "clips" | "words";
  at: string;
  link: ReactNode;
}

/** What others did for me lately, each one tap from its place. */
export function News({ news, dropIns, answers }: NewsProps) {
  const lines = [...news.map(onFilm), ...dropIns.map(dropIn), ...answers.map(answer)].toSorted((a, b) =>
    b.at.localeCompare(a.at),
  );
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="news">
      <Title order={2} id="news">
        What’s new
      </Title>
      <ul className={classes.news}>
        {lines.map(({ key, kind, link }) => (
          <li key={key}>
            <span className={classes.dot} data-kind={kind} aria-hidden="true" />
            {link}
          </li>
        ))}
      </ul>
    </section>
  );
}

function onFilm(item: NewsItem): Line {
  return {
    key: `${item.kind}-${item.by.id}-${item.video}`,
    kind: item.kind,
    at: item.at,
    link: (
      <Link
        to="/videos/$id"
        params={{ id: item.video }}
        search={{ t: at(item.start_ms) }}
        className={classes.link}
      >
        {firstName(item.by.name)} {whatWasDone(item)} “{item.video_title}”<When at={item.at} />
      </Link>
    ),
  };
}

function dropIn({ id, by, notes, at: when }: DropInNews): Line {
  return {
    key: id,
    kind: "words",
    at: when,
    link: (
      <Link to="/drop-ins" hash={`drop-in-${id}`} className={classes.link}>
        <span className={classes.words}>
          {firstName(by.name)} dropped in{notes ? `: “${notes}”` : " and filmed a little"}
        </span>
        <When at={when} />
      </Link>
    ),
  };
}

function answer({ proposal, by, state, text, at: when }: AnswerNews): Line {
  const what =
    state === "accepted"
      ? "made what you proposed a step"
      : state === "declined"
        ? "answered what you proposed: not now"
        : "answered what you proposed";
  return {
    key: proposal,
    kind: "words",
    at: when,
    link: (
      <Link to="/action-steps" hash={`proposal-${proposal}`} className={classes.link}>
        <span className={classes.words}>
          {firstName(by.name)} {what}
          {text && state !== "accepted" ? `: “${text}”` : ""}
        </span>
        <When at={when} />
      </Link>
    ),
  };
}

function When({ at: when }: { at: string }) {
  return <small>{upper(said(when))}</small>;
}

function whatWasDone({ kind, count: n }: NewsItem): string {
  return kind === "moments" ? `marked ${count(n, "moment")} in` : `made ${count(n, "clip")} from`;
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
