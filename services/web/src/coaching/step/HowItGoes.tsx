import { Alert, NativeSelect } from "@mantine/core";
import { sentence } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { STATE_WORDS, useChangeStep } from "~/coaching/api";
import { said } from "~/shared/time";
import classes from "./Facts.module.css";

/** How the step is going, in words that don't judge, and since when; the coach says it. */
export function HowItGoes({ step }: { step: ActionStep }) {
  const change = useChangeStep(step.id);
  return (
    <section aria-labelledby="how-it-goes">
      <h2 className={classes.name} id="how-it-goes">
        How it’s going
      </h2>
      {step.rights.change ? (
        <NativeSelect
          aria-labelledby="how-it-goes"
          mt="xs"
          value={change.isPending ? (change.variables.state ?? step.state) : step.state}
          onChange={(event) => change.mutate({ state: event.currentTarget.value as ActionStep["state"] })}
          data={Object.entries(STATE_WORDS).map(([value, label]) => ({ value, label }))}
        />
      ) : (
        <p className={classes.fact}>{STATE_WORDS[step.state]}</p>
      )}
      {change.isError && (
        <Alert color="red" variant="light" mt="xs" role="alert">
          {sentence(change.error)}
        </Alert>
      )}
      <ul className={classes.history}>
        <li>Set {said(step.created_at)}</li>
        {step.history.map((one) => (
          <li key={one.at}>
            {STATE_WORDS[one.state]}: {said(one.at)}
          </li>
        ))}
      </ul>
    </section>
  );
}
