import { IconChevronRight, IconMessages } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { MeetingRef } from "~/api/types";
import { slotWords } from "~/meetings/slots";
import cover from "~/shared/Cover.module.css";
import { firstName } from "~/shared/words";
import classes from "./NextMeeting.module.css";

/** On Today: the meeting that goes on, or comes next, a tap away. */
export function NextMeeting({ meeting }: { meeting: MeetingRef }) {
  const name = firstName(meeting.coach.name);
  return (
    <section className={classes.next} data-now={meeting.state === "running" || undefined}>
      <IconMessages size={26} aria-hidden="true" />
      <Link to="/meetings/$id" params={{ id: meeting.id }} className={`${cover.link} ${classes.link}`}>
        {meeting.state === "running"
          ? `Your meeting with ${name} is going on`
          : `Meeting with ${name}${meeting.planned_at ? ` ${slotWords(new Date(meeting.planned_at))}` : ""}`}
        {meeting.state !== "running" && !meeting.planned_at && <small>The time isn’t set yet</small>}
      </Link>
      <IconChevronRight size={22} aria-hidden="true" />
    </section>
  );
}
