import { Button, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionStep, Me } from "~/api/types";
import { roundsQuery } from "~/rounds/api";
import { RoundCard } from "~/rounds/RoundCard";
import { Trouble } from "~/shared/Trouble";
import { count } from "~/shared/words";
import classes from "./ActionStepPage.module.css";

/** What was tried so far, the newest first and the others on request. */
export function StepRounds({ step, me }: { step: ActionStep; me: Me }) {
  const { data: rounds, error } = useQuery(roundsQuery(step.id));
  const [all, setAll] = useState(false);
  if (error && !rounds) return <Trouble error={error} />;
  const newest = rounds?.toReversed() ?? [];
  if (newest.length === 0) return null;
  const shown = all ? newest : newest.slice(0, 1);
  const more = newest.length - shown.length;
  return (
    <section className={classes.story} aria-labelledby="rounds">
      <Title order={2} id="rounds" mb="sm">
        What you both saw
      </Title>
      <div className={classes.rounds}>
        {shown.map((round) => (
          <RoundCard key={round.id} round={round} criteria={step.criteria} coachee={step.coachee} me={me} />
        ))}
      </div>
      {more > 0 && (
        <Button variant="subtle" mt="sm" ml="-md" onClick={() => setAll(true)}>
          {count(more, "earlier round")}
        </Button>
      )}
    </section>
  );
}
