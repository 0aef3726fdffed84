import { useQuery } from "@tanstack/react-query";
import { deskQuery } from "~/coaching/api";
import { CoacheeRows } from "~/coaching/Desk";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";

export function PeoplePage() {
  const me = useMe();
  const { data: rows, error } = useQuery({ ...deskQuery, enabled: me.is_coach });
  return (
    <Page title="People" lead="Those you coach: what each is working on, and the last lesson on film.">
      {me.is_coach ? (
        <CoacheeRows rows={rows} error={error} />
      ) : (
        <Empty title="Nobody yet">
          When your school pairs you with somebody, they appear here with their step and their films.
        </Empty>
      )}
    </Page>
  );
}
