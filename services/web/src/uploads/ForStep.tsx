import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionStep } from "~/api/types";
import { actionStepQuery, actionStepsQuery, presentStep } from "~/coaching/api";
import classes from "./FilmPage.module.css";

interface Rehearsed {
  /** The step that the film goes with, and what is known of it so far. */
  id: string | undefined;
  step: ActionStep | undefined;
  /** What the person may say no to; undefined where the page was opened for one step. */
  offered: ActionStep | undefined;
  agree: (yes: boolean) => void;
}

/** Which step a film is for: the one the page was opened for, else a rehearsal goes with the present one. */
export function useForStep(asked: string | undefined, owner: string, rehearses: boolean): Rehearsed {
  const [no, setNo] = useState(false);
  const { data: step } = useQuery({ ...actionStepQuery(asked ?? ""), enabled: asked !== undefined });
  const { data: steps } = useInfiniteQuery({
    ...actionStepsQuery(owner),
    enabled: asked === undefined && rehearses,
  });
  if (asked !== undefined) return { id: asked, step, offered: undefined, agree: () => undefined };
  const offered = rehearses ? presentStep(steps) : undefined;
  const chosen = no ? undefined : offered;
  return { id: chosen?.id, step: chosen, offered, agree: (yes) => setNo(!yes) };
}

interface ForStepProps {
  rehearsed: Rehearsed;
  /** “your” or “Aisha’s”. */
  whose: string;
}

/** One line: the step that the film goes with, and the way to say no where it is only offered. */
export function ForStep({ rehearsed: { offered, step, id, agree }, whose }: ForStepProps) {
  if (!step && !offered) return null;
  return (
    <p className={classes.forStep}>
      <span>{step ? `It goes with ${whose} step “${step.action}”.` : "It goes with no step."}</span>
      {offered && (
        <Button variant="subtle" px={6} ml={-6} onClick={() => agree(!id)}>
          {id ? "Not with this step" : `Put it with ${whose} step`}
        </Button>
      )}
    </p>
  );
}
