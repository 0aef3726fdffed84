import type { ReactNode } from "react";
import { Face } from "~/shared/Face";
import classes from "./PersonRow.module.css";

interface PersonRowProps {
  name: string;
  /** Whose initials stand for the row, where it names two people. */
  face?: string;
  /** A quiet line below the name. */
  note?: ReactNode;
  /** What can be done, at the end of the row. */
  children?: ReactNode;
}

/** One person in a list. */
export function PersonRow({ name, face = name, note, children }: PersonRowProps) {
  return (
    <li className={classes.row}>
      <Face of={face} />
      <span className={classes.name}>
        {name}
        {note && <small>{note}</small>}
      </span>
      {children}
    </li>
  );
}
