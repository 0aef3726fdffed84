import type { ReactNode } from "react";
import classes from "./DialogActions.module.css";

/** What a dialog can end with: at its right end, or over its whole width, the last one on top, on a phone. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>;
}
