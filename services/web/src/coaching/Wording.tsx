import classes from "./Wording.module.css";

/** A step as people say it: the goal, **by** the action. */
export function Wording({ goal, action }: { goal: string; action: string }) {
  return (
    <>
      {goal} <span className={classes.by}>by</span> <strong className={classes.action}>{action}</strong>
    </>
  );
}
