import type { ReactNode } from "react";
import classes from "./Quote.module.css";

/** What somebody said, and below it who did, or what for. */
export function Quote({ children, from }: { children: ReactNode; from: string }) {
  return (
    <blockquote className={classes.quote}>
      {children}
      <cite>{from}</cite>
    </blockquote>
  );
}
