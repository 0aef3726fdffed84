import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import { Problem, sentence } from "~/api/problem";
import type { SaverState } from "~/shared/saver";
import classes from "./Saved.module.css";

/** Says that what was typed is kept, without asking for anything. */
export function Saved({
  saving,
  problem,
  touched,
}: Pick<SaverState<object>, "saving" | "problem" | "touched">) {
  const failed = saving === "failed";
  return (
    <p className={classes.saved} data-failed={failed || undefined} role="status">
      {failed ? (
        <>
          <IconAlertCircle size={20} aria-hidden="true" />
          {problem instanceof Problem ? sentence(problem) : "Not saved yet. We keep trying."}
        </>
      ) : saving === "saved" ? (
        touched && (
          <>
            <IconCheck size={20} aria-hidden="true" /> Saved
          </>
        )
      ) : (
        "Saving…"
      )}
    </p>
  );
}
