import { Anchor, Progress, Skeleton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { NotFoundPage } from "~/app/ProblemPage";
import { Wording } from "~/coaching/Wording";
import { builderQuery } from "~/library/api";
import { Context } from "~/library/builder/Context";
import { useMe } from "~/people/session";
import cover from "~/shared/Cover.module.css";
import { Page } from "~/shared/Page";
import { Trouble } from "~/shared/Trouble";
import { count } from "~/shared/words";
import classes from "./BuilderPage.module.css";

const route = getRouteApi("/inside/steps/builder");

/** For a coach who is stuck: problem, goal, step and words, one short screen each. */
export function BuilderPage() {
  const me = useMe();
  const choices = route.useSearch();
  const { data: built, error } = useQuery(builderQuery(choices));
  if (!me.is_coach) return <NotFoundPage />;
  const stage = choices.step ? 4 : choices.goal ? 3 : choices.problem ? 2 : 1;
  return (
    <Page title={QUESTIONS[stage - 1] ?? ""} lead={`Step ${stage} of 4`} narrow>
      <Progress value={stage * 25} size="sm" mb="md" aria-hidden="true" />
      <Back stage={stage} />
      {error && <Trouble error={error} />}
      {!built && !error && <Skeleton h={300} radius={18} />}
      {built && stage === 1 && (
        <ul className={classes.choices}>
          {built.problems.map(({ id, slug, name, summary }) => (
            <li key={id} className={classes.choice}>
              <Link
                to="/steps/builder"
                search={{ ...choices, problem: slug }}
                className={`${cover.link} ${classes.link}`}
              >
                {name}
              </Link>
              <p>{summary}</p>
            </li>
          ))}
        </ul>
      )}
      {built && stage === 2 && (
        <ul className={classes.choices}>
          {built.goals.map(({ id, slug, wording, steps, area }) => (
            <li key={id} className={classes.choice}>
              <Link
                to="/steps/builder"
                search={{ ...choices, goal: slug }}
                className={`${cover.link} ${classes.link}`}
              >
                {wording}
              </Link>
              <p>
                {area.name} · {count(steps, "step")}
              </p>
            </li>
          ))}
        </ul>
      )}
      {built && stage === 3 && (
        <ul className={classes.choices}>
          {built.steps.map((step) => (
            <li key={step.id} className={classes.choice}>
              <Link
                to="/steps/builder"
                search={{ ...choices, step: step.id }}
                className={`${cover.link} ${classes.link}`}
              >
                <Wording goal={step.goal} action={step.action} />
              </Link>
              <p>{step.criteria[0]?.text}</p>
            </li>
          ))}
        </ul>
      )}
      {stage === 4 && choices.step && (
        <Context key={choices.step} step={choices.step} coachee={choices.for} meeting={choices.meeting} />
      )}
    </Page>
  );
}

const QUESTIONS = [
  "What gets in the way of learning?",
  "What would you like to see instead?",
  "Which small change would get there?",
  "When, and with whom?",
];

function Back({ stage }: { stage: number }) {
  const choices = route.useSearch();
  const { step: _step, ...toStep } = choices;
  const { goal: _goal, ...toGoal } = toStep;
  const { problem: _problem, ...toProblem } = toGoal;
  const before = [undefined, toProblem, toGoal, toStep][stage - 1];
  return (
    <Anchor
      className={classes.back}
      renderRoot={(props) =>
        before ? <Link to="/steps/builder" search={before} {...props} /> : <Link to="/steps" {...props} />
      }
    >
      <IconArrowLeft size={20} aria-hidden="true" /> Back
    </Anchor>
  );
}
