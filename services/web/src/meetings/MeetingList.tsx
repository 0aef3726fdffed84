import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { MeetingLine } from "~/api/types";
import { slotWords } from "~/meetings/slots";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";
import classes from "./MeetingList.module.css";

/** Meetings, each leading to its page: the next one, and what was agreed in the others. */
export function MeetingList({ meetings }: { meetings: MeetingLine[] }) {
  return (
    <ul className={classes.meetings} aria-label="Meetings">
      {meetings.map((meeting) => (
        <li key={meeting.id}>
          <Link to="/meetings/$id" params={{ id: meeting.id }} className={classes.link}>
            {when(meeting)}
          </Link>
          {meeting.kind === "coaching_on_coaching" ? (
            <span>Your own coaching, with {firstName(meeting.coach.name)}</span>
          ) : (
            meeting.wording && <span>{meeting.wording}</span>
          )}
          <IconChevronRight size={22} aria-hidden="true" />
        </li>
      ))}
    </ul>
  );
}

function when({ state, planned_at, started_at }: MeetingLine): string {
  if (state === "running") return "Going on now";
  if (state === "preparing")
    return planned_at ? `Planned: ${slotWords(new Date(planned_at))}` : "In preparation";
  const words = started_at ? said(started_at) : "held";
  return words.charAt(0).toUpperCase() + words.slice(1);
}
