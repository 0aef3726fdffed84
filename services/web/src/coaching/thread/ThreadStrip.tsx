import { Skeleton } from "@mantine/core";
import { IconStarFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import type { ActionStep, Knot } from "~/api/types";
import { threadQuery } from "~/coaching/api";
import { type Bead, strip } from "~/coaching/thread/strip";
import { useMe } from "~/people/session";
import { Trouble } from "~/shared/Trouble";
import { at, said } from "~/shared/time";
import { firstName } from "~/shared/words";
import { Poster } from "~/videos/Poster";
import classes from "./ThreadStrip.module.css";

/** A step's story on film: what went well, the moment, the model, each go, the next lesson. */
export function ThreadStrip({ step }: { step: Pick<ActionStep, "id" | "coachee"> }) {
  const me = useMe();
  const thread = useDeferredValue(useQuery(threadQuery(step.id)));
  if (thread.isLoadingError) {
    return <Trouble error={thread.error} />;
  }
  if (thread.isPending) {
    return <Skeleton className={classes.coming} role="status" aria-label="Loading the story of this step" />;
  }
  const whose = step.coachee.id === me.id ? "Your" : `${firstName(step.coachee.name)}’s`;
  const untold = thread.data.items.length === 0;
  return (
    <ol className={classes.strip} data-untold={untold || undefined} aria-label="The story of this step">
      {strip(thread.data.items, whose).map((bead) => (
        <OneBead key={bead.key} bead={bead} />
      ))}
    </ol>
  );
}

function OneBead({ bead: { knot, label, best } }: { bead: Bead }) {
  if (!knot) {
    return (
      <li className={classes.bead} data-empty>
        <span className={classes.label}>{label}</span>
        <span className={classes.frame} aria-hidden="true" />
        <span className="visually-hidden">is still to come</span>
      </li>
    );
  }
  const busy = knot.state === "processing" || knot.state === "uploading";
  return (
    <li className={classes.bead} data-clip={knot.clip ? true : undefined}>
      <span className={classes.label}>
        {label}
        {best && (
          <span className={classes.best}>
            <IconStarFilled size={16} aria-hidden="true" /> Best take
          </span>
        )}
      </span>
      <Poster src={knot.poster} durationMs={lengthOf(knot)} busy={busy} />
      <div className={classes.words}>
        <Opens knot={knot} />
        <small className={classes.when}>{said(knot.at)}</small>
      </div>
    </li>
  );
}

/** Leads to its film at its second, once that can be watched. */
function Opens({ knot }: { knot: Knot }) {
  if (knot.state === "failed") return <span className={classes.title}>This film couldn’t be opened</span>;
  if (knot.state !== "watchable" && knot.state !== "ready") {
    return <span className={classes.title}>Getting it ready to watch…</span>;
  }
  // A clip that alone is the model plays from its own file.
  const link = knot.video
    ? ({
        to: "/videos/$id",
        params: { id: knot.video },
        search: { t: at(knot.start_ms), ...(knot.clip ? { clip: knot.clip } : {}) },
      } as const)
    : ({ to: "/clips/$id", params: { id: knot.clip ?? "" } } as const);
  return (
    <Link {...link} className={classes.link}>
      {knot.title}
    </Link>
  );
}

function lengthOf({ start_ms, end_ms, duration_ms }: Knot): number | null {
  const end = end_ms ?? duration_ms;
  return end === null ? null : end - start_ms;
}
