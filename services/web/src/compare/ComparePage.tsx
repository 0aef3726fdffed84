import { Anchor, Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { isNotFound } from "~/api/problem";
import type { ActionStep, Thread } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { actionStepQuery, threadQuery } from "~/coaching/api";
import { Comparing } from "~/compare/Comparing";
import { chosen, sidesOf } from "~/compare/films";
import { useMe } from "~/people/session";
import { Empty } from "~/shared/Empty";
import { Page, useTitle } from "~/shared/Page";
import { firstName } from "~/shared/words";
import classes from "./ComparePage.module.css";

const route = getRouteApi("/inside/action-steps/$id/compare");

/** A model and a take of one step, side by side and in step: where the penny drops. */
export function ComparePage() {
  const { id } = route.useParams();
  const step = useQuery(actionStepQuery(id));
  const thread = useQuery(threadQuery(id));
  useTitle("Side by side");
  if (isNotFound(step.error) || isNotFound(thread.error)) return <NotFoundPage />;
  if (!step.data || !thread.data) {
    // The router's own page says it, and offers to try again.
    if (step.error ?? thread.error) throw step.error ?? thread.error;
    return <Loading />;
  }
  return <Chosen step={step.data} thread={thread.data} />;
}

function Chosen({ step, thread }: { step: ActionStep; thread: Thread }) {
  const { model, take } = route.useSearch();
  const me = useMe();
  const sides = sidesOf(thread.items, me.id);
  const both = chosen(sides, model, take);
  if (!both) return <Nothing step={step} hasTake={sides.takes.length > 0} meId={me.id} />;
  return (
    <Comparing
      // Other films are another pair, with their own players.
      key={`${both.model.id} ${both.take.id}`}
      step={step}
      sides={sides}
      model={both.model}
      take={both.take}
    />
  );
}

function Nothing({ step, hasTake, meId }: { step: ActionStep; hasTake: boolean; meId: string }) {
  const mine = step.coachee.id === meId;
  const who = firstName(step.coachee.name);
  return (
    <Page>
      <Empty
        title={hasTake ? "There’s only one film so far" : "It begins with a first go"}
        action={
          <Button
            size="lg"
            renderRoot={(props) => (
              <Link
                to="/film"
                search={{ step: step.id, ...(mine ? {} : { for: step.coachee.id }) }}
                {...props}
              />
            )}
          >
            {hasTake ? "Film another go" : "Film a first go"}
          </Button>
        }
      >
        {hasTake
          ? "As soon as there is a model of this step, or a second go, you can watch the two side by side here."
          : `Film ${mine ? "yourself" : who} trying the step. Then you watch it here beside a model, criterion by criterion.`}
      </Empty>
      <p className={classes.back}>
        <Anchor renderRoot={(props) => <Link to="/" {...props} />}>Back to Today</Anchor>
      </p>
    </Page>
  );
}

/** The page’s frame, so that nothing jumps when the films come. */
function Loading() {
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Skeleton h={28} w="14rem" />
      </div>
      <div className={classes.stage} style={{ "--a": 16 / 9, "--b": 16 / 9 } as React.CSSProperties}>
        <div className={classes.pictures}>
          {["model", "take"].map((side) => (
            <div key={side} className={classes.blank} />
          ))}
        </div>
      </div>
      <span className="visually-hidden" role="status">
        Loading the two films
      </span>
    </div>
  );
}
