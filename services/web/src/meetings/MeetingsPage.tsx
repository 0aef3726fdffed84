import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { meetingsQuery } from "~/meetings/api";
import { MeetingList } from "~/meetings/MeetingList";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";

/** Every meeting in which the viewer was coached: what was agreed, and what to come back to. */
export function MeetingsPage() {
  const { data, isPending } = useQuery(meetingsQuery("me"));
  const held = data?.some(({ kind }) => kind !== "drop_in");
  return (
    <Page title="Your meetings" lead="What you two agreed, what you tried, and what you watched." narrow>
      {isPending && <Skeleton h={160} role="status" aria-label="Loading your meetings" />}
      <MeetingList coachee="me" titled={false} />
      {held === false && (
        <Empty title="No meeting yet">
          When your coach plans one, it appears here and on Today. There is nothing to prepare.
        </Empty>
      )}
    </Page>
  );
}
