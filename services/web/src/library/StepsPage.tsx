import { Alert, Skeleton, Stack } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { sentence } from "~/api/problem";
import type { StepSummary } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import { stepsQuery } from "~/library/api";
import { StepSearch } from "~/library/StepSearch";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page } from "~/shared/Page";
import classes from "./StepsPage.module.css";

const route = getRouteApi("/inside/steps");
const TYPING_MS = 200;

export function StepsPage() {
  const me = useMe();
  const search = route.useSearch();
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ q: search.q ?? "", area: search.area ?? "" });
  const [asked] = useDebouncedValue(typed, TYPING_MS);
  const steps = useQuery(stepsQuery(asked));

  // The address follows what is asked, so that “back” from a step finds the same list.
  useEffect(() => {
    void navigate({
      to: "/steps",
      search: { q: asked.q || undefined, area: asked.area || undefined },
      replace: true,
    });
  }, [asked, navigate]);

  return (
    <Page
      title={me.is_lead ? "Library" : "Steps"}
      lead="Small changes that make a difference, each with what you’ll see and hear."
    >
      <StepSearch {...typed} onChange={setTyped} />
      {steps.isError && (
        <Alert color="red" variant="light" mt="lg" role="alert">
          {sentence(steps.error)}
        </Alert>
      )}
      {steps.isPending && (
        <Stack mt="xl" role="status" aria-label="Loading the steps">
          {["one", "two", "three", "four"].map((place) => (
            <Skeleton key={place} h={92} />
          ))}
        </Stack>
      )}
      {steps.data?.length === 0 && (
        <Empty title={asked.q ? "Nothing by those words" : "No steps here yet"}>
          {asked.q
            ? "Try fewer words, or say what the pupils do: “calling out”, “slow to start”, “don’t remember”."
            : "Those who lead coaching in your school can add some."}
        </Empty>
      )}
      <ul className={classes.steps} data-fading={steps.isPlaceholderData || undefined}>
        {steps.data?.map((step) => (
          <StepRow key={step.id} step={step} />
        ))}
      </ul>
    </Page>
  );
}

function StepRow({ step }: { step: StepSummary }) {
  return (
    <li className={classes.step}>
      <Link to="/steps/$id" params={{ id: step.id }} className={classes.link}>
        <Wording goal={step.goal} action={step.action} />
      </Link>
      {step.criteria[0] && <p className={classes.criterion}>{step.criteria[0].text}</p>}
    </li>
  );
}
