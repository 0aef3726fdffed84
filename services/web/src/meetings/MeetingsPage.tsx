import { Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { meetingsQuery } from "~/meetings/api";
import { satDownFor } from "~/meetings/lists";
import { MeetingList } from "~/meetings/MeetingList";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";

/** Every meeting in which the viewer was coached: what was agreed, and what to come back to. */
export function MeetingsPage() {
  const meetings = useInfiniteQuery(meetingsQuery("me"));
  const shown = satDownFor(meetings.data);
  return (
    <Page title="Your meetings" lead="What you two agreed, what you tried, and what you watched." narrow>
      {meetings.isPending && <Skeleton h={160} role="status" aria-label="Loading your meetings" />}
      {meetings.isLoadingError && <Trouble error={meetings.error} />}
      {shown.length > 0 && <MeetingList meetings={shown} />}
      {meetings.data && shown.length === 0 && !meetings.hasNextPage && (
        <Empty title="No meeting yet">
          When your coach plans one, it appears here and on Today. There is nothing to prepare.
        </Empty>
      )}
      <ShowMore list={meetings}>Show earlier meetings</ShowMore>
    </Page>
  );
}
