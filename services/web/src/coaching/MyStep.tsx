import { Checkbox, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ActionStep } from "~/api/types";
import { useTicks } from "~/coaching/useTicks";
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
  const { isTicked, tick } = useTicks(step);
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
            checked={isTicked(criterion)}
            disabled={!step.rights.tick}
            onChange={(event) => tick(criterion.id, event.currentTarget.checked)}
            classNames={{
              root: classes.criterion,
              body: classes.criterionBody,
              inner: classes.criterionBox,
              labelWrapper: classes.criterionWords,
              label: classes.criterionLabel,
            }}
          />
        ))}
      </fieldset>
    </Card>
  );
}
