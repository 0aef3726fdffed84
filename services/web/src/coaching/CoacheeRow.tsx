import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { DeskRow } from "~/api/types";
import { said } from "~/shared/time";
import { initials } from "~/shared/words";
import classes from "./CoacheeRow.module.css";

/** One coachee: present step and last lesson, without a colour that judges. */
export function CoacheeRow({ row: { coachee, step, last_lesson } }: { row: DeskRow }) {
  return (
    <li className={classes.row}>
      <span className={classes.face} aria-hidden="true">
        {initials(coachee.name)}
      </span>
      <div className={classes.who}>
        <Link to="/people/$id" params={{ id: coachee.id }} className={classes.name}>
          {coachee.name}
        </Link>
        <span className={classes.step}>{step ? upper(step.action) : "No step yet"}</span>
      </div>
      <span className={classes.lesson}>
        {last_lesson ? `Last lesson ${said(last_lesson.at)}` : "No lesson yet"}
      </span>
      <IconChevronRight size={22} className={classes.more} aria-hidden="true" />
    </li>
  );
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
