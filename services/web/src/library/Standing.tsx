import { Alert, Anchor, Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { sentence } from "~/api/problem";
import type { Step } from "~/api/types";
import { differenceQuery, useStepMoves } from "~/library/api";
import { DifferenceView } from "~/library/curate/DifferenceView";
import classes from "./Standing.module.css";

/** What to know about a step before reading it: a draft, a school's own words, or one that has been replaced. */
export function Standing({ step }: { step: Step }) {
  return (
    <>
      {step.state === "draft" && <Draft step={step} />}
      {step.own_copy && step.own_copy.id !== step.id && (
        <Alert color="leaf" variant="light" className={classes.note}>
          {step.own_copy.state === "draft"
            ? "A draft in your school’s own words is waiting."
            : "Your school uses its own words for this step."}{" "}
          <Anchor
            underline="always"
            renderRoot={(props) => (
              <Link to="/steps/$id" params={{ id: step.own_copy?.id ?? "" }} {...props} />
            )}
          >
            {step.own_copy.state === "draft" ? "Read the draft" : "Read it as your school words it"}
          </Anchor>
        </Alert>
      )}
      {step.school && <OwnWords step={step} />}
    </>
  );
}

function Draft({ step }: { step: Step }) {
  const { publish } = useStepMoves(step.id);
  return (
    <Alert color="gray" variant="light" className={classes.note} title="This is a draft">
      Only those who look after the library see it.
      {step.may_curate && (
        <Group mt="sm">
          <Button loading={publish.isPending} onClick={() => publish.mutate(undefined)}>
            Publish it
          </Button>
        </Group>
      )}
      {publish.isError && <p role="alert">{sentence(publish.error)}</p>}
    </Alert>
  );
}

/** How a school's copy differs from the trust's step, and that the trust's has moved on. */
function OwnWords({ step }: { step: Step }) {
  const { data: difference } = useQuery({
    ...differenceQuery(step.id),
    enabled: step.based_on !== null,
  });
  const { catchUp } = useStepMoves(step.id);
  return (
    <details className={classes.own}>
      <summary>
        In the words of {step.school?.name}
        {step.base_has_changed && step.may_curate ? ": the trust’s step has changed since" : ""}
      </summary>
      {difference && <DifferenceView difference={difference} />}
      {step.based_on && (
        <Group mt="md" gap="sm">
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/steps/$id" params={{ id: step.based_on?.id ?? "" }} {...props} />
            )}
          >
            See the trust’s step
          </Button>
          {step.base_has_changed && step.may_curate && (
            <Button variant="light" loading={catchUp.isPending} onClick={() => catchUp.mutate(undefined)}>
              Keep ours as it is
            </Button>
          )}
        </Group>
      )}
    </details>
  );
}
