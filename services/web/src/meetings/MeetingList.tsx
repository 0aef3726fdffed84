import { Title } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { MeetingLine } from "~/api/types";
import { meetingsQuery } from "~/meetings/api";
import { slotWords } from "~/meetings/slots";
import { Trouble } from "~/shared/Trouble";
import { said } from "~/shared/time";
import classes from "./MeetingList.module.css";

/** The feedback meetings of one coachee, or of `me`: the next one, and what was agreed in the others. */
export function MeetingList({ coachee, titled = true }: { coachee: string; titled?: boolean }) {
  const { data = [], error } = useQuery(meetingsQuery(coachee));
  const meetings = data.filter(({ kind }) => kind === "feedback");
  if (error && meetings.length === 0) return <Trouble error={error} />;
  if (meetings.length === 0) return null;
  return (
    <section aria-label="Meetings">
      {titled && (
        <Title order={2} mb="xs">
          Meetings
        </Title>
      )}
      <ul className={classes.meetings}>
        {meetings.map((meeting) => (
          <li key={meeting.id}>
            <Link to="/meetings/$id" params={{ id: meeting.id }} className={classes.link}>
              {when(meeting)}
            </Link>
            {meeting.wording && <span>{meeting.wording}</span>}
            <IconChevronRight size={22} aria-hidden="true" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function when({ state, planned_at, started_at }: MeetingLine): string {
  if (state === "running") return "Going on now";
  if (state === "preparing")
    return planned_at ? `Planned: ${slotWords(new Date(planned_at))}` : "In preparation";
  const words = started_at ? said(started_at) : "held";
  return words.charAt(0).toUpperCase() + words.slice(1);
}
