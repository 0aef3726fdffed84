import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Navigate } from "@tanstack/react-router";
import { Suspense } from "react";
import { isNotFound } from "~/api/problem";
import type { Meeting } from "~/api/types";
import { FailedPage, NotFoundPage } from "~/app/ProblemPage";
import { meetingQuery } from "~/meetings/api";
import { Before } from "~/meetings/Before";
import { Summary } from "~/meetings/Summary";
import { useMe } from "~/people/session";
import { late } from "~/shared/late";
import { Page, useTitle } from "~/shared/Page";
import { firstName } from "~/shared/words";
import { CoacheeContext } from "~/terms/UnmetHint";

// Most who open a meeting read what was agreed in it.
const Room = late(() => import("~/meetings/room/Room"), "Room");

const route = getRouteApi("/inside/meetings/$id");

/** One meeting of two people: before it, while it goes on, and afterwards. */
export function MeetingPage() {
  const { id } = route.useParams();
  const me = useMe();
  const { data: meeting, error } = useQuery(meetingQuery(id));
  useTitle(meeting && titleOf(meeting, me.id));
  if (isNotFound(error)) return <NotFoundPage />;
  if (!meeting) {
    if (error) return <FailedPage error={error} />;
    return <Coming />;
  }
  if (meeting.kind === "coaching_on_coaching") {
    return <Navigate to="/meetings/$id/observed" params={{ id }} replace />;
  }
  return (
    <CoacheeContext value={meeting.coachee}>
      {meeting.state === "preparing" ? (
        <Before meeting={meeting} me={me} />
      ) : meeting.state === "running" ? (
        <Suspense fallback={<Coming />}>
          <Room key={meeting.id} meeting={meeting} me={me} />
        </Suspense>
      ) : (
        <Summary meeting={meeting} me={me} />
      )}
    </CoacheeContext>
  );
}

function Coming() {
  return (
    <Page>
      <Skeleton h={480} radius={18} role="status" aria-label="Loading the meeting" />
    </Page>
  );
}

function titleOf({ kind, coach, coachee }: Meeting, me: string): string {
  const other = firstName(coach.id === me ? coachee.name : coach.name);
  return kind === "drop_in" ? `Drop-in with ${other}` : `Meeting with ${other}`;
}
