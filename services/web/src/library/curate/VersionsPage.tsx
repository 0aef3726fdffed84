import { Anchor, Skeleton } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { isNotFound } from "~/api/problem";
import type { StepVersion } from "~/api/types";
import { NotFoundPage } from "~/app/ProblemPage";
import { differenceQuery, versionsQuery } from "~/library/api";
import { DifferenceView } from "~/library/curate/DifferenceView";
import { Page } from "~/shared/Page";
import { Trouble } from "~/shared/Trouble";
import { said } from "~/shared/time";
import classes from "./VersionsPage.module.css";

const route = getRouteApi("/inside/steps/$id/versions");

/** What a step said over time, each version beside the one before it. */
export function VersionsPage() {
  const { id } = route.useParams();
  const versions = useQuery(versionsQuery(id));
  if (isNotFound(versions.error)) return <NotFoundPage />;
  return (
    <Page
      title="Earlier versions"
      lead="What was set for somebody stays as it was set, whichever version is newest."
      narrow
    >
      <Anchor
        className={classes.back}
        renderRoot={(props) => <Link to="/steps/$id" params={{ id }} {...props} />}
      >
        <IconArrowLeft size={20} aria-hidden="true" /> Back to the step
      </Anchor>
      {versions.isError && <Trouble error={versions.error} />}
      {versions.isPending && <Skeleton h={240} radius={18} />}
      <ol className={classes.versions}>
        {versions.data?.map((version) => (
          <Version key={version.number} step={id} version={version} />
        ))}
      </ol>
    </Page>
  );
}

function Version({ step, version }: { step: string; version: StepVersion }) {
  const [open, setOpen] = useState(false);
  const hasEarlier = version.number > 1;
  const { data: difference } = useQuery({
    ...differenceQuery(step, version.number),
    enabled: open && hasEarlier,
  });
  return (
    <li className={classes.version}>
      <p className={classes.head}>
        <strong>Version {version.number}</strong> {said(version.created_at)}
        {version.changed_by ? ` · ${version.changed_by}` : ""}
      </p>
      {version.note && <p>“{version.note}”</p>}
      <p className={classes.wording}>{version.wording}</p>
      {hasEarlier && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>What changed</summary>
          {difference ? <DifferenceView difference={difference} /> : <Skeleton h={60} />}
        </details>
      )}
    </li>
  );
}
