import { Alert, Button, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { Me, Meeting } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import { useChangeMeeting } from "~/meetings/api";
import { FilmingLine } from "~/meetings/Filming";
import { slotWords } from "~/meetings/slots";
import { Card } from "~/shared/Card";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import { count, firstName, list } from "~/shared/words";
import classes from "./Before.module.css";

interface BeforeProps {
  meeting: Meeting;
  me: Me;
}

/** Before it starts: the coach can begin, the coachee is told kindly that it opens by itself. */
export function Before({ meeting, me }: BeforeProps) {
  return meeting.coach.id === me.id ? (
    <Ready meeting={meeting} me={me} />
  ) : (
    <Waiting meeting={meeting} me={me} />
  );
}

function Ready({ meeting, me }: BeforeProps) {
  const change = useChangeMeeting(meeting.id);
  const name = firstName(meeting.coachee.name);
  const ready = [
    ...(meeting.clips.length ? [count(meeting.clips.length, "clip")] : []),
    ...(meeting.questions.length ? [count(meeting.questions.length, "question")] : []),
    ...(meeting.praise ? ["your praise"] : []),
    ...(meeting.script ? ["your script"] : []),
  ];
  return (
    <Page
      narrow
      title={`Your meeting with ${name}`}
      lead={meeting.planned_at && upper(slotWords(new Date(meeting.planned_at)))}
    >
      <Card className={classes.before}>
        <p className={classes.big}>
          {ready.length > 0
            ? `Ready: ${list(ready)}.`
            : "Nothing is prepared yet. You can start all the same, and choose as you go."}
        </p>
        <p>Sit side by side, the screen between you. {name} can open it on a phone too: it follows along.</p>
        {change.isError && (
          <Alert color="red" variant="light" role="alert">
            {sentence(change.error)}
          </Alert>
        )}
        <div className={classes.actions}>
          <Button size="xl" loading={change.isPending} onClick={() => change.mutate({ state: "running" })}>
            Start the meeting
          </Button>
          <Button
            size="xl"
            variant="default"
            renderRoot={(props) => <Link to="/meetings/$id/prepare" params={{ id: meeting.id }} {...props} />}
          >
            Prepare
          </Button>
        </div>
        <FilmingLine meeting={meeting} me={me} />
      </Card>
    </Page>
  );
}

function Waiting({ meeting, me }: BeforeProps) {
  const name = firstName(meeting.coach.name);
  const { previous } = meeting;
  return (
    <Page narrow>
      <h1 className="visually-hidden">Your meeting with {name}</h1>
      <Empty title={`${name} is getting ready for you two`}>
        {meeting.planned_at
          ? `You meet ${slotWords(new Date(meeting.planned_at))}. `
          : "There is no time for it yet. "}
        There is nothing to prepare. When {name} starts the meeting, it opens here by itself.
      </Empty>
      {previous && (
        <Card className={classes.step} aria-labelledby="your-step">
          <p>Your step until then</p>
          <Title order={2} id="your-step">
            <Wording goal={previous.goal} action={previous.action} />
          </Title>
        </Card>
      )}
      <FilmingLine meeting={meeting} me={me} />
    </Page>
  );
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
