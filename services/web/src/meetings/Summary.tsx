import { Anchor, Button, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { Me, Meeting, Phase } from "~/api/types";
import { ClipList } from "~/clips/ClipList";
import { Wording } from "~/coaching/Wording";
import { useChangeMeeting } from "~/meetings/api";
import { FilmingLine } from "~/meetings/Filming";
import { slotWords } from "~/meetings/slots";
import { roundsOf } from "~/meetings/stages";
import { roundName } from "~/rounds/marks";
import { RoundCard } from "~/rounds/RoundCard";
import { Card } from "~/shared/Card";
import { Page } from "~/shared/Page";
import { said } from "~/shared/time";
import { count, firstName, list } from "~/shared/words";
import classes from "./Summary.module.css";

interface SummaryProps {
  meeting: Meeting;
  me: Me;
}

/** What was agreed, what comes next, and everything to come back to. For both, calmly. */
export function Summary({ meeting, me }: SummaryProps) {
  const other = firstName(meeting.coach.id === me.id ? meeting.coachee.name : meeting.coach.name);
  const { action_step: step, coachee, coach, clips } = meeting;
  const rounds = roundsOf(meeting);
  const isDropIn = meeting.kind === "drop_in";
  return (
    <Page
      narrow
      title={isDropIn ? `Drop-in with ${other}` : `You and ${other} met`}
      lead={meeting.started_at && upper(said(meeting.started_at))}
    >
      <div className={classes.sections}>
        {step && (
          <Card aria-labelledby="agreed">
            <p className={classes.label}>What you agreed</p>
            <Title order={2} id="agreed" className={classes.wording}>
              <Wording goal={step.goal} action={step.action} />
            </Title>
            <ul className={classes.criteria}>
              {step.criteria.map(({ id, text }) => (
                <li key={id}>{text}</li>
              ))}
            </ul>
          </Card>
        )}
        {(meeting.next_at || meeting.notes) && (
          <section aria-labelledby="next">
            <Title order={2} id="next">
              {isDropIn ? "What was seen" : "Until next time"}
            </Title>
            {meeting.next_at && (
              <p className={classes.next}>
                {coach.id === me.id ? `You come and see ${other}` : `${other} comes and sees you`}{" "}
                <b>{slotWords(new Date(meeting.next_at))}</b>.
              </p>
            )}
            {meeting.notes && <p className={classes.notes}>{meeting.notes}</p>}
          </section>
        )}
        {clips.length > 0 && (
          <section aria-labelledby="watched">
            <Title order={2} id="watched" mb="md">
              What you watched
            </Title>
            <ClipList clips={clips.map(({ clip }) => clip)} />
          </section>
        )}
        {step && rounds.length > 0 && (
          <section aria-labelledby="rounds" className={classes.rounds}>
            <Title order={2} id="rounds">
              What you tried
            </Title>
            {rounds.map((round) => (
              <details key={round.id} className={classes.round}>
                <summary>
                  {roundName(round, { coachee, coach, me })}
                  {round.is_best && ", the best take"}
                  {round.video && ", on film"}
                </summary>
                <RoundCard round={round} criteria={step.criteria} coachee={coachee} coach={coach} me={me} />
              </details>
            ))}
          </section>
        )}
        <footer className={classes.foot}>
          <p>{countWords(meeting)}</p>
          {isDropIn && meeting.film && (
            <Anchor
              renderRoot={(props) => (
                <Link to="/videos/$id" params={{ id: meeting.film?.id ?? "" }} {...props} />
              )}
            >
              Watch the film of it
            </Anchor>
          )}
          <FilmingLine meeting={meeting} me={me} />
          <Anchor
            renderRoot={(props) => (
              <Link
                to={coach.id === me.id ? "/people/$id" : "/meetings"}
                params={{ id: coachee.id }}
                {...props}
              />
            )}
          >
            {coach.id === me.id ? `All about ${other}` : "All your meetings"}
          </Anchor>
          {meeting.rights.run && !isDropIn && <GoOn meeting={meeting} />}
        </footer>
      </div>
    </Page>
  );
}

function GoOn({ meeting }: { meeting: Meeting }) {
  const change = useChangeMeeting(meeting.id);
  return (
    <Button
      variant="default"
      loading={change.isPending}
      onClick={() =>
        change.mutate(
          { state: "running" },
          {
            onError: (error) =>
              notifications.show({ color: "red", title: "It stays ended", message: sentence(error) }),
          },
        )
      }
    >
      Open this meeting again
    </Button>
  );
}

const PHASE_WORDS: Record<Phase, string> = {
  praise: "on what went well",
  probe: "thinking it over",
  step: "on the step",
  model: "on the model",
  rehearsal: "rehearsing",
  plan: "on what comes next",
};

/** Minutes and rounds, to think about how it went. Never a score. */
function countWords({ counts }: Meeting): string {
  const minutes = (Object.entries(counts.phase_ms) as [Phase, number][])
    .map(([phase, ms]) => ({ phase, min: Math.round(ms / 60_000) }))
    .filter(({ min }) => min > 0)
    .map(({ phase, min }) => `${min} min ${PHASE_WORDS[phase]}`);
  const goes = counts.rehearsals > 0 ? [count(counts.rehearsals, "go", "goes")] : [];
  const parts = [...minutes, ...goes];
  return parts.length > 0 ? `${upper(list(parts))}.` : "";
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
