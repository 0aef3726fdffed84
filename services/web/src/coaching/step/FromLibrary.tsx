import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ActionStep } from "~/api/types";
import { stepQuery } from "~/library/api";
import page from "./ActionStepPage.module.css";
import classes from "./Facts.module.css";

/** Where the step came from, and whether it says something else for this person. */
export function FromLibrary({ step }: { step: ActionStep }) {
  const { data: source } = useQuery({ ...stepQuery(step.step ?? ""), enabled: step.step !== null });
  if (!step.step) return null;
  const reworded = source && source.version === step.step_version && source.wording !== step.wording;
  const newer = source && step.step_version !== null && source.version > step.step_version;
  return (
    <section aria-labelledby="from-library">
      <h2 className={classes.name} id="from-library">
        In the library
      </h2>
      <Link to="/steps/$id" params={{ id: step.step }} className={page.back}>
        More about this step
      </Link>
      {reworded && <p className={classes.fact}>Worded differently here, to fit.</p>}
      {newer && (
        <p className={classes.fact}>
          The library has moved on since (version {step.step_version} was set, now it is {source.version}).
          This step stays as it was agreed.
        </p>
      )}
    </section>
  );
}
