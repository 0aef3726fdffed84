import { Skeleton, Stack } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { StepSummary } from "~/api/types";
import { Empty } from "~/shared/Empty";
import { ShowMore } from "~/shared/ShowMore";
import { Trouble } from "~/shared/Trouble";
import classes from "./StepList.module.css";

interface StepListProps {
  steps: UseInfiniteQueryResult<InfiniteData<{ items: StepSummary[] }>>;
  /** Whether words were asked for, so that an empty list says what to try. */
  searched: boolean;
  /** Draws what stands for one step, and leads on to it. */
  children: (step: StepSummary) => ReactNode;
}

/** The steps that were found, or what there is to say instead. */
export function StepList({ steps, searched, children }: StepListProps) {
  if (steps.isLoadingError) {
    return <Trouble error={steps.error} mt="lg" />;
  }
  if (steps.isPending) {
    return (
      <Stack mt="xl" role="status" aria-label="Loading the steps">
        {["one", "two", "three", "four"].map((place) => (
          <Skeleton key={place} h={92} />
        ))}
      </Stack>
    );
  }
  const found = steps.data.pages.flatMap(({ items }) => items);
  if (found.length === 0) {
    return (
      <Empty title={searched ? "Nothing by those words" : "No steps here yet"}>
        {searched
          ? "Try fewer words, or say what the pupils do: “calling out”, “slow to start”, “don’t remember”."
          : "Those who lead coaching in your school can add some."}
      </Empty>
    );
  }
  return (
    <>
      <ul className={classes.steps} data-fading={steps.isPlaceholderData || undefined}>
        {found.map((step) => (
          <li key={step.id} className={classes.step}>
            {children(step)}
            {step.criteria[0] && <p className={classes.criterion}>{step.criteria[0].text}</p>}
          </li>
        ))}
      </ul>
      <ShowMore list={steps}>Show more steps</ShowMore>
    </>
  );
}
