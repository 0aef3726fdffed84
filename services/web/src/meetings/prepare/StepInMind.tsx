import { Button, Skeleton, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Meeting } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import { stepQuery } from "~/library/api";
import type { Preparation } from "~/meetings/prepare/usePreparation";
import { StepPicker } from "~/meetings/StepPicker";
import { firstName } from "~/shared/words";
import classes from "./Prepare.module.css";

interface StepInMindProps {
  meeting: Meeting;
  preparation: Preparation;
}

/** Which step the coach thinks of: searched in place, built, or the present one for a while longer. */
export function StepInMind({ meeting, preparation }: StepInMindProps) {
  const { libraryStep, press } = preparation;
  const [choosing, setChoosing] = useState(false);
  const step = useQuery({ ...stepQuery(libraryStep ?? ""), enabled: libraryStep !== null });
  const name = firstName(meeting.coachee.name);
  const take = (library_step: string | null) => {
    press({ library_step });
    setChoosing(false);
  };
  return (
    <section className={classes.part} aria-labelledby="step">
      <Title order={2} id="step">
        The step you have in mind
      </Title>
      {libraryStep !== null ? (
        step.data ? (
          <>
            <p className={classes.wording}>
              <Wording goal={step.data.goal} action={step.data.action} />
            </p>
            <ul className={classes.criteria}>
              {step.data.criteria.map(({ id, text }) => (
                <li key={id}>{text}</li>
              ))}
            </ul>
          </>
        ) : (
          <Skeleton h={110} />
        )
      ) : (
        <p className={classes.none}>
          {meeting.previous
            ? `None yet. ${name} can also go on with the present step.`
            : `None yet. What small change would help ${name} most?`}
        </p>
      )}
      {choosing && <StepPicker onPick={({ id }) => take(id)} />}
      <div className={classes.buttons}>
        <Button
          variant={libraryStep || choosing ? "default" : "light"}
          onClick={() => setChoosing(!choosing)}
        >
          {choosing ? "Close the library" : libraryStep ? "Choose another" : "Choose from the library"}
        </Button>
        {!choosing && (
          <Button
            variant="subtle"
            renderRoot={(props) => (
              <Link
                to="/steps/builder"
                search={{ for: meeting.coachee.id, meeting: meeting.id }}
                {...props}
              />
            )}
          >
            Help me choose
          </Button>
        )}
        {libraryStep && !choosing && (
          <Button variant="subtle" color="gray" onClick={() => take(null)}>
            Leave it open
          </Button>
        )}
      </div>
    </section>
  );
}
