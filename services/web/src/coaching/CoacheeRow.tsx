import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { DeskRow } from "~/api/types";
import { comingUp, lately } from "~/coaching/next";
import { DropInButton } from "~/meetings/drop-ins/DropInButton";
import { coachEachOther } from "~/people/reciprocal";
import { useMe } from "~/people/session";
import { Face } from "~/shared/Face";
import { firstName } from "~/shared/words";
import classes from "./CoacheeRow.module.css";

/** One coachee: present step, what was and what comes, without a colour that judges. */
export function CoacheeRow({ row }: { row: DeskRow }) {
  const me = useMe();
  const { coachee, step, open_proposals } = row;
  const next = comingUp(row);
  return (
    <li className={classes.row}>
      <Face of={coachee.name} />
      <div className={classes.who}>
        <Link to="/people/$id" params={{ id: coachee.id }} className={classes.name}>
          {coachee.name}
        </Link>
        {coachEachOther(me, coachee.id) && <span className={classes.both}>You coach each other</span>}
        <span className={classes.step}>{step ? upper(step.action) : "No step yet"}</span>
        {open_proposals > 0 && (
          <Link to="/people/$id" params={{ id: coachee.id }} hash="proposals" className={classes.asks}>
            {firstName(coachee.name)} would like to work on{" "}
            {open_proposals > 1 ? "other things" : "something else"}
          </Link>
        )}
      </div>
      <div className={classes.times}>
        {next && <span className={classes.next}>{next}</span>}
        {lately(row).map((line) => (
          <span key={line}>{line}</span>
        ))}
        {row.meeting && (
          <Link
            to={row.meeting.state === "preparing" ? "/meetings/$id/prepare" : "/meetings/$id"}
            params={{ id: row.meeting.id }}
            className={classes.asks}
          >
            {row.meeting.state === "preparing" ? "Open the meeting" : "Go on with the meeting"}
          </Link>
        )}
      </div>
      <div className={classes.visit}>
        <DropInButton coachee={coachee} small />
      </div>
      <IconChevronRight size={22} className={classes.more} aria-hidden="true" />
    </li>
  );
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
