import { Textarea, Title } from "@mantine/core";
import type { Meeting } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import type { Preparation } from "~/meetings/prepare/usePreparation";
import { firstName } from "~/shared/words";
import { UnmetHint } from "~/terms/UnmetHint";
import classes from "./Prepare.module.css";

interface PraiseProps {
  meeting: Meeting;
  preparation: Preparation;
}

/** What went well, tied to the step the two agreed before. */
export function Praise({ meeting: { previous, coachee }, preparation }: PraiseProps) {
  const { praise, type, saver } = preparation;
  return (
    <section className={classes.part} aria-labelledby="praise">
      <Title order={2} id="praise">
        Praise
      </Title>
      {previous && (
        <div className={classes.tied}>
          <p>
            <Wording goal={previous.goal} action={previous.action} />
          </p>
          <ul>
            {previous.criteria.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      <Textarea
        label={
          previous
            ? "What you saw of this step, and what it did for pupils"
            : "What went well, and what it did for pupils"
        }
        placeholder={`You waited until ${previous ? "the pencils were down" : "all eyes were on you"}, and then…`}
        value={praise}
        onChange={(event) => type({ praise: event.currentTarget.value })}
        onBlur={saver.flush}
      />
      <UnmetHint text={praise} />
      {!previous && (
        <p className={classes.hint}>
          This is {firstName(coachee.name)}’s first step, so nothing comes before it.
        </p>
      )}
    </section>
  );
}
