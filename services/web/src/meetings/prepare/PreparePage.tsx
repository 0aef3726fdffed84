import { Button, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowRight, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, Navigate, useNavigate } from "@tanstack/react-router";
import { isNotFound, sentence } from "~/api/problem";
import type { Meeting } from "~/api/types";
import { FailedPage, NotFoundPage } from "~/app/ProblemPage";
import { meetingQuery, useRemoveMeeting } from "~/meetings/api";
import { ClipQueue } from "~/meetings/prepare/ClipQueue";
import { Model } from "~/meetings/prepare/Model";
import { Praise } from "~/meetings/prepare/Praise";
import { Questions } from "~/meetings/prepare/Questions";
import { StepInMind } from "~/meetings/prepare/StepInMind";
import { usePreparation } from "~/meetings/prepare/usePreparation";
import { meetingSlots } from "~/meetings/slots";
import { TimePicker } from "~/meetings/TimePicker";
import { ask } from "~/shared/ask";
import { Page } from "~/shared/Page";
import { Saved } from "~/shared/Saved";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { CoacheeContext } from "~/terms/UnmetHint";
import classes from "./Prepare.module.css";

const route = getRouteApi("/inside/meetings/$id/prepare");

/** A coach gets a meeting ready: what to watch, what to ask, which step, and how to model it. */
export function PreparePage() {
  const { id } = route.useParams();
  const { data: meeting, error } = useQuery(meetingQuery(id));
  if (isNotFound(error)) return <NotFoundPage />;
  if (!meeting) {
    if (error) return <FailedPage error={error} />;
    return (
      <Page title="Prepare a meeting">
        <Skeleton h={480} radius={18} role="status" aria-label="Loading the meeting" />
      </Page>
    );
  }
  // Whoever may not prepare, and whoever has met already, belongs on the meeting’s own page.
  if (!meeting.rights.prepare || meeting.state === "done" || meeting.kind !== "feedback") {
    return <Navigate to="/meetings/$id" params={{ id }} replace />;
  }
  return <Preparing key={meeting.id} meeting={meeting} />;
}

function Preparing({ meeting }: { meeting: Meeting }) {
  const preparation = usePreparation(meeting);
  const { saver, plannedAt, press } = preparation;
  const name = firstName(meeting.coachee.name);
  return (
    <CoacheeContext value={meeting.coachee}>
      <Page
        title={`Your meeting with ${name}`}
        lead={
          <>
            {meeting.lesson ? (
              <>
                About{" "}
                <Link to="/videos/$id" params={{ id: meeting.lesson.id }} className={classes.lesson}>
                  {meeting.lesson.title}
                </Link>
                , {said(meeting.lesson.at)}.{" "}
              </>
            ) : null}
            Only you see this until the meeting starts.
          </>
        }
        actions={
          <div className={classes.actions}>
            <Saved {...saver} />
            <Button
              rightSection={<IconArrowRight size={20} />}
              renderRoot={(props) => <Link to="/meetings/$id" params={{ id: meeting.id }} {...props} />}
            >
              To the meeting
            </Button>
          </div>
        }
      >
        <div className={classes.columns}>
          <div className={classes.column}>
            <ClipQueue meeting={meeting} preparation={preparation} />
            <Praise meeting={meeting} preparation={preparation} />
            <Questions preparation={preparation} />
          </div>
          <div className={classes.column}>
            <StepInMind meeting={meeting} preparation={preparation} />
            <Model meeting={meeting} preparation={preparation} />
            <section className={classes.part}>
              <TimePicker
                label="When you meet"
                slots={meetingSlots()}
                value={plannedAt}
                onChange={(planned_at) => press({ planned_at })}
              />
            </section>
          </div>
        </div>
        {meeting.rights.remove && <Remove meeting={meeting} />}
      </Page>
    </CoacheeContext>
  );
}

function Remove({ meeting }: { meeting: Meeting }) {
  const navigate = useNavigate();
  const remove = useRemoveMeeting(meeting.id);
  const client = useQueryClient();
  const press = async () => {
    // Whoever deletes it hears what goes, also of a film that came in a moment ago.
    const now = await client.fetchQuery({ ...meetingQuery(meeting.id), staleTime: 0 }).catch(() => meeting);
    const sure = await ask({
      title: "Delete this meeting?",
      detail: now.film
        ? "What you prepared for it goes. Its film is deleted too, for both of you, with its moments and clips and every copy. Nobody can bring it back. Lessons, their clips and steps stay."
        : "What you prepared for it goes. Lessons, clips and steps stay.",
      yes: now.film ? "Delete it and its film" : "Delete it",
      grave: true,
    });
    if (!sure) return;
    remove.mutate(undefined, {
      onSuccess: () => navigate({ to: "/people/$id", params: { id: meeting.coachee.id } }),
      onError: (error) =>
        notifications.show({ color: "red", title: "It is still there", message: sentence(error) }),
    });
  };
  return (
    <Button
      mt="xl"
      variant="subtle"
      color="gray"
      leftSection={<IconTrash size={20} />}
      onClick={() => void press()}
    >
      Delete this meeting
    </Button>
  );
}
