import { Button, Kbd, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRef } from "react";
import { sentence } from "~/api/problem";
import type { Round } from "~/api/types";
import { BigStep } from "~/meetings/room/BigStep";
import { FirstAgree } from "~/meetings/room/FirstAgree";
import { PhoneFilms } from "~/meetings/room/PhoneFilms";
import { Sides, type StageProps } from "~/meetings/room/Room";
import { TakeFilm } from "~/meetings/room/TakeFilm";
import { roundsOf } from "~/meetings/stages";
import { useRoomKeys } from "~/meetings/useRoomKeys";
import { useAddMeetingRound } from "~/rounds/api";
import { RoundCard } from "~/rounds/RoundCard";
import { firstName } from "~/shared/words";
import classes from "./Room.module.css";

/** Go after go, feedback between them: “again from the top” is one key away. */
export function RehearseStage({ meeting, me, films, go }: StageProps) {
  const add = useAddMeetingRound(meeting.id);
  const top = useRef<HTMLDivElement>(null);
  const { action_step: step, coach, coachee } = meeting;
  const again = async (): Promise<Round | undefined> => {
    if (add.isPending || !step) return undefined;
    try {
      const round = await add.mutateAsync({ kind: "rehearsal" });
      top.current?.scrollIntoView({ block: "start", behavior: "smooth" });
      return round;
    } catch (error) {
      notifications.show({ color: "red", title: "That go wasn’t begun", message: sentence(error) });
      return undefined;
    }
  };
  useRoomKeys({ r: () => void again() });
  if (!step) return <FirstAgree go={go} />;
  const goes = roundsOf(meeting, "rehearsal");
  const [last, ...earlier] = goes.toReversed();
  const shared = { criteria: step.criteria, coachee, coach, me };
  return (
    <Sides
      main={
        <div ref={top} className={classes.rounds}>
          {last ? (
            <>
              <Remember round={earlier[0]} />
              <RoundCard
                key={last.id}
                big
                round={last}
                {...shared}
                film={<TakeFilm key={last.id} {...{ meeting, me, films }} round={last} onAgain={again} />}
              />
            </>
          ) : (
            <BigStep
              label={coachee.id === me.id ? "Now you try it" : `Now ${firstName(coachee.name)} tries it`}
              goal={step.goal}
              action={step.action}
              criteria={step.criteria.map(({ text }) => text)}
            />
          )}
        </div>
      }
      beside={
        <>
          <Button
            size="xl"
            className={classes.again}
            loading={add.isPending}
            onClick={() => void again()}
            aria-keyshortcuts="R"
          >
            {last ? "Again from the top" : "The first go"}
            <Kbd className={classes.key}>R</Kbd>
          </Button>
          {films && <PhoneFilms meeting={meeting.id} />}
          {earlier.length > 0 && (
            <section aria-labelledby="earlier" className={classes.earlier}>
              <Title order={2} id="earlier" className={classes.label}>
                Before
              </Title>
              {earlier.map((round) => (
                <details key={round.id}>
                  <summary>
                    Go {round.number}
                    {round.is_best ? ", the best take" : ""}
                  </summary>
                  <RoundCard round={round} {...shared} />
                </details>
              ))}
            </section>
          )}
        </>
      }
    />
  );
}

/** What was said after the last go stands over the next one. */
function Remember({ round }: { round: Round | undefined }) {
  if (!round?.feedback) return null;
  return (
    <div className={classes.remember}>
      <p className={classes.label}>For this go</p>
      <p className={classes.say}>{round.feedback}</p>
    </div>
  );
}
