import { Checkbox, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ActionStep } from "~/api/types";
import { useChangeStep } from "~/coaching/api";
import { Wording } from "~/coaching/Wording";
import { Card } from "~/shared/Card";
import { Quote } from "~/shared/Quote";
import { firstName } from "~/shared/words";
import classes from "./MyStep.module.css";

/** My step in big plain words. */
export function MyStep({ step }: { step: ActionStep }) {
  return (
    <Card aria-labelledby="my-step">
      <p className={classes.label}>Your step</p>
      <Title order={2} id="my-step" className={classes.wording}>
        <Wording goal={step.goal} action={step.action} />
      </Title>
      {step.why && <Quote from={firstName(step.set_by.name)}>{step.why}</Quote>}
      <nav className={classes.on} aria-label="More about your step">
        <Link to="/action-steps/$id" params={{ id: step.id }}>
          Its story so far
        </Link>
        <Link to="/action-steps">All my steps</Link>
      </nav>
    </Card>
  );
}

/** What to see and hear when it is done well; ticked by the coachee, for herself. */
export function Criteria({ step }: { step: ActionStep }) {
  const change = useChangeStep(step.id);
  // Shown at once; the server's answer takes its place when it comes.
  const [underway, setUnderway] = useState<Record<string, boolean>>({});
  const toggle = (id: string, ticked: boolean) => {
    setUnderway({ ...underway, [id]: ticked });
    const settle = () => setUnderway(({ [id]: _, ...rest }) => rest);
    change.mutate({ criteria: [{ id, ticked }] }, { onSettled: settle });
  };
  return (
    <Card>
      <fieldset className={classes.criteria}>
        <legend>What you’ll see and hear. Tick what already feels natural.</legend>
        {step.criteria.map((criterion) => (
          <Checkbox
            key={criterion.id}
            size="md"
            radius="sm"
            label={criterion.text}
            checked={underway[criterion.id] ?? criterion.ticked_at !== null}
            disabled={!step.rights.tick}
            onChange={(event) => toggle(criterion.id, event.currentTarget.checked)}
            classNames={{ root: classes.criterion, body: classes.criterionBody }}
          />
        ))}
      </fieldset>
    </Card>
  );
}
