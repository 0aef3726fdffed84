import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Empty.module.css";

/** Nothing here yet: say so kindly, and say what comes next. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <svg viewBox="0 0 200 40" className={classes.line} aria-hidden="true">
        <line x1="4" y1="28" x2="196" y2="28" />
        <circle cx="100" cy="28" r="9" />
      </svg>
      <Title order={2}>{title}</Title>
      <p>{children}</p>
      {action}
    </div>
  );
}
