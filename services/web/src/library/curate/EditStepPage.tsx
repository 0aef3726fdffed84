import { Anchor, Skeleton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { isNotFound } from "~/api/problem";
import type { Step } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { stepQuery, useEditStep, useWriteStep } from "~/library/api";
import { StepForm } from "~/library/curate/StepForm";
import { useMe } from "~/people/session";
import { Page } from "~/shared/Page";
import classes from "./EditStepPage.module.css";

const route = getRouteApi("/inside/steps/$id/edit");

/** Beginning a draft in the library. */
export function NewStepPage() {
  const me = useMe();
  const navigate = useNavigate();
  const write = useWriteStep();
  if (!me.is_lead && !me.is_admin) return <NotFoundPage />;
  return (
    <Page title="A new step" lead="It stays a draft until you publish it." narrow>
      <Back />
      <StepForm
        save={({ note: _, ...step }) =>
          write.mutate(step, {
            onSuccess: (made) => navigate({ to: "/steps/$id", params: { id: made.id } }),
          })
        }
        isSaving={write.isPending}
        error={write.error}
      />
    </Page>
  );
}

/** Changing what a step says: a draft in place, what is published as a new version. */
export function EditStepPage() {
  const { id } = route.useParams();
  const { data: step, error } = useDeferredValue(useQuery({ ...stepQuery(id), staleTime: 0 }));
  if (isNotFound(error) || (step && !step.may_curate)) return <NotFoundPage />;
  return (
    <Page title="Change the words" lead={step && leadFor(step)} narrow>
      <Back />
      {step ? <Edit key={step.id} step={step} /> : <Skeleton h={600} radius={18} />}
    </Page>
  );
}

function Edit({ step }: { step: Step }) {
  const navigate = useNavigate();
  const edit = useEditStep(step.id);
  // What was on the screen when the writing began, whatever is read anew meanwhile.
  const [seen] = useState(step.version);
  return (
    <StepForm
      step={step}
      save={(changes) =>
        edit.mutate(
          { ...changes, seen_version: seen },
          { onSuccess: () => navigate({ to: "/steps/$id", params: { id: step.id } }) },
        )
      }
      isSaving={edit.isPending}
      error={edit.error}
    />
  );
}

function leadFor(step: Step): string {
  if (step.school) return `These are the words of ${step.school.name} alone.`;
  return step.state === "draft" ? "This is a draft: only you who look after the library see it." : "";
}

function Back() {
  return (
    <Anchor className={classes.back} renderRoot={(props) => <Link to="/steps/curate" {...props} />}>
      <IconArrowLeft size={20} aria-hidden="true" /> Looking after the library
    </Anchor>
  );
}
