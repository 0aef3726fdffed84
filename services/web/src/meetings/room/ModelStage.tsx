import { Button, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Suspense, useState } from "react";
import { sentence } from "~/api/problem";
import type { Meeting } from "~/api/types";
import { BigStep } from "~/meetings/room/BigStep";
import { FirstAgree } from "~/meetings/room/FirstAgree";
import { Sides, type StageProps } from "~/meetings/room/Room";
import { TakeFilm } from "~/meetings/room/TakeFilm";
import { roundsOf } from "~/meetings/stages";
import { useAddMeetingRound } from "~/rounds/api";
import { RoundCard } from "~/rounds/RoundCard";
import { late } from "~/shared/late";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

const FilmPlayer = late(() => import("~/meetings/film/FilmPlayer"), "FilmPlayer");

/** The coach shows how it is done, the script in sight; the coachee holds it against the criteria first. */
export function ModelStage({ meeting, me, films, go }: StageProps) {
  const add = useAddMeetingRound(meeting.id);
  const { action_step: step, coach, coachee } = meeting;
  if (!step) return <FirstAgree go={go} />;
  const isCoach = coach.id === me.id;
  const last = roundsOf(meeting, "model").at(-1);
  const model = () =>
    add.mutateAsync({ kind: "model" }).catch((error) => {
      notifications.show({ color: "red", title: "Not yet", message: sentence(error) });
      return undefined;
    });
  return (
    <Sides
      main={
        last ? (
          <RoundCard
            key={last.id}
            big
            round={last}
            criteria={step.criteria}
            coachee={coachee}
            coach={coach}
            me={me}
            film={<TakeFilm key={last.id} {...{ meeting, me, films }} round={last} onAgain={model} />}
          />
        ) : (
          <>
            <BigStep
              label={
                isCoach ? `${firstName(coachee.name)} watches for` : `Watch ${firstName(coach.name)} for`
              }
              goal={step.goal}
              action={step.action}
              criteria={step.criteria.map(({ text }) => text)}
            />
            <Button size="xl" loading={add.isPending} onClick={() => void model()}>
              {isCoach ? "I’ve modelled it" : `${firstName(coach.name)} has modelled it`}
            </Button>
          </>
        )
      }
      beside={
        <>
          {last && (
            <WhoIsNext
              meeting={meeting}
              waiting={last.rights.waits_for_coachee.length > 0}
              isCoach={isCoach}
            />
          )}
          {isCoach && <Script meeting={meeting} />}
          {meeting.model && <OnFilm meeting={meeting} />}
          {last && isCoach && (
            <Button variant="default" loading={add.isPending} onClick={() => void model()}>
              Model it once more
            </Button>
          )}
        </>
      }
    />
  );
}

function WhoIsNext({ meeting, waiting, isCoach }: { meeting: Meeting; waiting: boolean; isCoach: boolean }) {
  const [her, his] = [firstName(meeting.coachee.name), firstName(meeting.coach.name)];
  return (
    <p className={`${classes.say} ${classes.first}`} role="status">
      {waiting
        ? isCoach
          ? `${her}, what did you see? You mark first.`
          : `What did you see? You mark first, then ${his}.`
        : isCoach
          ? "And you: what would you do differently?"
          : `Now ${his} says what was different than planned.`}
    </p>
  );
}

function Script({ meeting: { script } }: { meeting: Meeting }) {
  const [hidden, setHidden] = useState(false);
  if (!script) return null;
  return (
    <section aria-labelledby="script" className={classes.script}>
      <Title order={2} id="script" className={classes.label}>
        Your script
      </Title>
      {!hidden && <p>{script}</p>}
      <Button variant="subtle" color="gray" onClick={() => setHidden(!hidden)}>
        {hidden ? "Show it" : "Hide it"}
      </Button>
    </section>
  );
}

function OnFilm({ meeting: { model } }: { meeting: Meeting }) {
  const [plays, setPlays] = useState(false);
  if (!model) return null;
  return plays ? (
    <Suspense fallback={<div className={classes.filmBlank} />}>
      <FilmPlayer video={model} plays />
    </Suspense>
  ) : (
    <Button variant="default" onClick={() => setPlays(true)}>
      Watch it on film: {model.title}
    </Button>
  );
}
