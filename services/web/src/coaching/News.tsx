import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { News as NewsItem } from "~/api/types";
import { at, said } from "~/shared/time";
import { count, firstName } from "~/shared/words";
import classes from "./News.module.css";

/** What others did for me lately, each one tap from its place in the film. */
export function News({ news }: { news: NewsItem[] }) {
  if (news.length === 0) return null;
  return (
    <section aria-labelledby="news">
      <Title order={2} id="news">
        What’s new
      </Title>
      <ul className={classes.news}>
        {news.map((item) => (
          <li key={`${item.kind}-${item.by.id}-${item.video}`}>
            <span className={classes.dot} data-kind={item.kind} aria-hidden="true" />
            <Link
              to="/videos/$id"
              params={{ id: item.video }}
              search={{ t: at(item.start_ms) }}
              className={classes.link}
            >
              {firstName(item.by.name)} {whatWasDone(item)} “{item.video_title}”
              <small>{upper(said(item.at))}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function whatWasDone({ kind, count: n }: NewsItem): string {
  return kind === "moments" ? `marked ${count(n, "moment")} in` : `made ${count(n, "clip")} from`;
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
