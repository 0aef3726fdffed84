import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Me } from "~/api/types";
import { CoacheeRow } from "~/coaching/CoacheeRow";
import { videosQuery } from "~/videos/api";
import { VideoCard } from "~/videos/VideoCard";
import grid from "~/videos/VideosPage.module.css";
import classes from "./Desk.module.css";

const TO_WATCH = 3;

/** A coach's desk: what there is to watch first, then everybody in a calm row. */
export function Desk({ me }: { me: Me }) {
  const { data: videos } = useQuery(videosQuery);
  const theirs = (videos ?? []).filter(
    (video) => video.owner.id !== me.id && (video.state === "ready" || video.state === "watchable"),
  );
  return (
    <>
      {theirs.length > 0 && (
        <section aria-labelledby="desk-watch">
          <Title order={2} id="desk-watch" mb="md">
            To watch
          </Title>
          <ul className={grid.grid}>
            {theirs.slice(0, TO_WATCH).map((video) => (
              <VideoCard key={video.id} video={video} me={me} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="desk-people">
        <Title order={2} id="desk-people" mb="md">
          Your coachees
        </Title>
        <ul className={classes.rows}>
          {me.coaches.map(({ person }) => (
            <CoacheeRow
              key={person.id}
              person={person}
              lastLesson={videos?.find((video) => video.owner.id === person.id && video.purpose === "lesson")}
            />
          ))}
        </ul>
      </section>
    </>
  );
}
