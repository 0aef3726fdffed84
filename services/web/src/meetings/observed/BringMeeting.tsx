import { Alert, Skeleton, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { sentence } from "~/api/problem";
import type { Meeting } from "~/api/types";
import { useChangeMeeting } from "~/meetings/api";
import { filmedMeetingsQuery } from "~/meetings/observed/api";
import { Choice, Choices } from "~/shared/Choice";
import { ShowMore } from "~/shared/ShowMore";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./Bring.module.css";

/** The coach picks which of her filmed meetings the two look at together. */
export function BringMeeting({ meeting }: { meeting: Meeting }) {
  const filmed = useInfiniteQuery(filmedMeetingsQuery(meeting.coachee.id));
  const change = useChangeMeeting(meeting.id);
  const mine = filmed.data;
  const failed = change.error ?? filmed.error;
  return (
    <section className={classes.bring} aria-labelledby="bring">
      <Title order={2} id="bring">
        {meeting.about ? "Look at another meeting together" : "Look at this meeting together"}
      </Title>
      <p>
        Only its film, phases and counts come along. What was written in it stays with the two who were there.
      </p>
      {failed && (
        <Alert color="red" variant="light" role="alert">
          {sentence(failed)}
        </Alert>
      )}
      {!mine && !failed && <Skeleton h={64} />}
      {mine?.length === 0 && (
        <p>None of your meetings is on film yet. A meeting can be filmed once both of you have said yes.</p>
      )}
      <Choices>
        {mine?.map(({ id, coachee, started_at }) => (
          <li key={id}>
            <Choice
              aria-pressed={id === meeting.about?.id}
              disabled={change.isPending}
              onClick={() => change.mutate({ about: id })}
            >
              <b>With {firstName(coachee.name)}</b>
              {started_at && <small>{said(started_at)}</small>}
            </Choice>
          </li>
        ))}
      </Choices>
      <ShowMore list={filmed}>Show earlier meetings</ShowMore>
      {meeting.about && (
        <button
          type="button"
          className={classes.back}
          disabled={change.isPending}
          onClick={() => change.mutate({ about: null })}
        >
          Take it back
        </button>
      )}
    </section>
  );
}
