import { Skeleton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PersonRef, Video } from "~/api/types";
import { actionStepsQuery, presentStep } from "~/coaching/api";
import { said } from "~/shared/time";
import { initials } from "~/shared/words";
import classes from "./CoacheeRow.module.css";

/** One coachee: present step and last lesson, without a colour that judges. */
export function CoacheeRow({ person, lastLesson }: { person: PersonRef; lastLesson: Video | undefined }) {
  const steps = useQuery(actionStepsQuery(person.id));
  const step = presentStep(steps.data);
  return (
    <li className={classes.row}>
      <span className={classes.face} aria-hidden="true">
        {initials(person.name)}
      </span>
      <div className={classes.who}>
        <Link to="/people/$id" params={{ id: person.id }} className={classes.name}>
          {person.name}
        </Link>
        {steps.isPending ? (
          <Skeleton h={18} mt={4} w="70%" />
        ) : (
          <span className={classes.step}>{step ? upper(step.action) : "No step yet"}</span>
        )}
      </div>
      <span className={classes.lesson}>
        {lastLesson
          ? `Last lesson ${said(lastLesson.recorded_at ?? lastLesson.created_at)}`
          : "No lesson yet"}
      </span>
      <IconChevronRight size={22} className={classes.more} aria-hidden="true" />
    </li>
  );
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
