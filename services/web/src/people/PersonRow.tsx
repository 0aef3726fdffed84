import type { ReactNode } from "react";
import { initials } from "~/shared/words";
import classes from "./PersonRow.module.css";

interface PersonRowProps {
  name: string;
  /** A quiet line below the name. */
  note?: ReactNode;
  /** What can be done, at the end of the row. */
  children?: ReactNode;
}

/** One person in a list. */
export function PersonRow({ name, note, children }: PersonRowProps) {
  return (
    <li className={classes.row}>
      <span className={classes.face} aria-hidden="true">
        {initials(name)}
      </span>
      <span className={classes.name}>
        {name}
        {note && <small>{note}</small>}
      </span>
      {children}
    </li>
  );
}
