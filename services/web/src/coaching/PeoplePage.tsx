import { useQuery } from "@tanstack/react-query";
import { CoacheeRow } from "~/coaching/CoacheeRow";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { videosQuery } from "~/videos/api";
import classes from "./Desk.module.css";

export function PeoplePage() {
  const me = useMe();
  const { data: videos } = useQuery(videosQuery);
  return (
    <Page title="People" lead="Those you coach: what each is working on, and the last lesson on film.">
      {me.coaches.length === 0 ? (
        <Empty title="Nobody yet">
          When your school pairs you with somebody, they appear here with their step and their films.
        </Empty>
      ) : (
        <ul className={classes.rows}>
          {me.coaches.map(({ person }) => (
            <CoacheeRow
              key={person.id}
              person={person}
              lastLesson={videos?.find((video) => video.owner.id === person.id && video.purpose === "lesson")}
            />
          ))}
        </ul>
      )}
    </Page>
  );
}
