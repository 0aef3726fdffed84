import { Checkbox, Title } from "@mantine/core";
import type { ActionStep } from "~/api/types";
import { AddEvidence } from "~/coaching/evidence/AddEvidence";
import { EvidenceList } from "~/coaching/evidence/EvidenceList";
import { useTicks } from "~/coaching/useTicks";
import { Card } from "~/shared/Card";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./CriteriaEvidence.module.css";

/** What to see and hear, and below each what shows it. */
export function CriteriaEvidence({ step }: { step: ActionStep }) {
  const { isTicked, tick } = useTicks(step);
  return (
    <Card aria-labelledby="criteria">
      <Title order={2} id="criteria">
        What you’ll see and hear
      </Title>
      <p className={classes.hint}>
        {step.rights.tick && "Tick what already feels natural. "}
        {step.rights.add_evidence && "Add a clip, a film or a few words that show it with +."}
      </p>
      <ul className={classes.criteria}>
        {step.criteria.map((criterion) => (
          <li key={criterion.id}>
            <div className={classes.row}>
              {step.rights.tick ? (
                <Checkbox
                  size="md"
                  radius="sm"
                  label={criterion.text}
                  checked={isTicked(criterion)}
                  onChange={(event) => tick(criterion.id, event.currentTarget.checked)}
                  classNames={{ body: classes.body, label: classes.text }}
                />
              ) : (
                <p className={classes.text}>{criterion.text}</p>
              )}
              <AddEvidence
                step={step}
                criterion={criterion.id}
                label={`Add what shows “${criterion.text}”`}
              />
            </div>
            {!step.rights.tick && criterion.ticked_at && (
              <small className={classes.ticked}>
                Feels natural to {firstName(step.coachee.name)} since {said(criterion.ticked_at)}
              </small>
            )}
            <EvidenceList step={step} criterion={criterion.id} label={`What shows “${criterion.text}”`} />
          </li>
        ))}
        <li>
          <div className={classes.row}>
            <p className={classes.text}>The step as a whole</p>
            <AddEvidence step={step} criterion={null} label="Add what shows the step as a whole" />
          </div>
          <EvidenceList step={step} criterion={null} label="What shows the step as a whole" />
        </li>
      </ul>
    </Card>
  );
}
