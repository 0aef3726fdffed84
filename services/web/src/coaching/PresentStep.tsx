import { Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ActionStep, PersonRef } from "~/api/types";
import { STATE_WORDS } from "~/coaching/api";
import { SetStepLink } from "~/coaching/SetStepLink";
import { ThreadStrip } from "~/coaching/thread/ThreadStrip";
import { Wording } from "~/coaching/Wording";
import { Card } from "~/shared/Card";
import { coming, said } from "~/shared/time";
import classes from "./CoacheePage.module.css";

/** What one of my coachees works on now, with its story on film. */
export function PresentStep({ step, person }: { step: ActionStep; person: PersonRef }) {
  const visit = step.next_observation_at;
  return (
    <Card aria-labelledby="present-step">
      <p className={classes.label}>Present step, set {said(step.created_at)}</p>
      <Title order={2} id="present-step" className={classes.wording}>
        <Link to="/action-steps/$id" params={{ id: step.id }} className={classes.stepLink}>
          <Wording goal={step.goal} action={step.action} />
        </Link>
      </Title>
      <p className={classes.label}>
        {STATE_WORDS[step.state]}
        {visit && new Date(visit) > new Date() ? ` · you see it ${coming(visit)}` : ""}
      </p>
      <div className={classes.strip}>
        <ThreadStrip step={step} />
      </div>
      <div className={classes.foot}>
        <Link to="/action-steps/$id" params={{ id: step.id }} className={classes.open}>
          What shows how it’s going
        </Link>
        <SetStepLink person={person} label="Set the next step" quiet />
      </div>
    </Card>
  );
}
