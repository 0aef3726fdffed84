import { Link } from "@tanstack/react-router";
import type { ActionStep } from "~/api/types";
import { STATE_WORDS } from "~/coaching/api";
import { Wording } from "~/coaching/Wording";
import { said } from "~/shared/time";
import classes from "./StepHistory.module.css";

/** Steps of one person, newest first, each leading to its page. */
export function StepHistory({ steps }: { steps: ActionStep[] }) {
  return (
    <ul className={classes.steps}>
      {newestFirst(steps).map((step) => (
        <li key={step.id}>
          <Link to="/action-steps/$id" params={{ id: step.id }} className={classes.link}>
            <Wording goal={step.goal} action={step.action} />
          </Link>
          <small>{lately(step)}</small>
        </li>
      ))}
    </ul>
  );
}

/** “Becoming a habit since Tuesday 09:10 · set 3 March”. */
function lately({ state, history, created_at }: ActionStep): string {
  const last = history.at(-1);
  const since = last ? ` since ${said(last.at)}` : "";
  return `${STATE_WORDS[state]}${since} · set ${said(created_at)}`;
}

function newestFirst(steps: ActionStep[]): ActionStep[] {
  return steps.toSorted((a, b) => b.created_at.localeCompare(a.created_at));
}
