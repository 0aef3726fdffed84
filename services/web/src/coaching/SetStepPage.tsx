import { Anchor, Button, Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowLeft, IconStairs } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { isNotFound } from "~/api/problem";
import { NotFoundPage } from "~/app/ProblemPage";
import { SetStepForm } from "~/coaching/SetStepForm";
import { Wording } from "~/coaching/Wording";
import { pagedStepsQuery, stepQuery } from "~/library/api";
import { StepList } from "~/library/StepList";
import rows from "~/library/StepList.module.css";
import { StepSearch } from "~/library/StepSearch";
import { useMe } from "~/people/session";
import { Page } from "~/shared/Page";
import { Trouble } from "~/shared/Trouble";
import { firstName } from "~/shared/words";
import { CoacheeContext } from "~/terms/UnmetHint";
import classes from "./SetStepPage.module.css";

const route = getRouteApi("/inside/people/$id/step");
const TYPING_MS = 200;

/** A coach chooses one step for one coachee, in two moves: pick it, then make its words fit. */
export function SetStepPage() {
  const { id } = route.useParams();
  const { step: stepId, clip, proposal } = route.useSearch();
  const me = useMe();
  const person = me.coaches.find((pair) => pair.person.id === id)?.person;
  const step = useQuery({ ...stepQuery(stepId ?? ""), enabled: stepId !== undefined });
  if (!person || isNotFound(step.error)) return <NotFoundPage />;
  const name = firstName(person.name);
  if (stepId === undefined) {
    return (
      <Page
        title={`A step for ${name}`}
        lead="One small change. Which would make the most difference now?"
        actions={
          <Button
            variant="light"
            leftSection={<IconStairs size={20} aria-hidden="true" />}
            renderRoot={(props) => <Link to="/steps/builder" search={{ for: id }} {...props} />}
          >
            Help me choose
          </Button>
        }
      >
        <PickStep person={id} origin={{ clip, proposal }} />
      </Page>
    );
  }
  return (
    <Page
      title={`A step for ${name}`}
      lead="Make the words fit. Later changes to the library won’t touch it."
      narrow
    >
      <Anchor
        className={classes.back}
        renderRoot={(props) => (
          <Link to="/people/$id/step" params={{ id }} search={{ clip, proposal }} {...props} />
        )}
      >
        <IconArrowLeft size={20} aria-hidden="true" /> Choose another
      </Anchor>
      {step.isError && <Trouble error={step.error} />}
      {step.data ? (
        <CoacheeContext value={person}>
          <SetStepForm key={step.data.id} step={step.data} person={person} clip={clip} proposal={proposal} />
        </CoacheeContext>
      ) : (
        step.isPending && <Skeleton h={420} radius={18} />
      )}
    </Page>
  );
}

/** Why a step is wanted: the clip that showed it, or what she proposed. */
interface Origin {
  clip: string | undefined;
  proposal: string | undefined;
}

function PickStep({ person, origin }: { person: string; origin: Origin }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState({ q: "", area: "" });
  const [asked] = useDebouncedValue(typed, TYPING_MS);
  const steps = useInfiniteQuery(pagedStepsQuery(asked));
  return (
    <>
      <StepSearch {...typed} onChange={setTyped} />
      <StepList steps={steps} searched={asked.q !== ""}>
        {(step) => (
          <button
            type="button"
            className={`${rows.link} ${classes.pick}`}
            onClick={() =>
              navigate({
                to: "/people/$id/step",
                params: { id: person },
                search: { step: step.id, ...origin },
              })
            }
          >
            <Wording goal={step.goal} action={step.action} />
          </button>
        )}
      </StepList>
    </>
  );
}
