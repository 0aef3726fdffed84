import { Skeleton, Stack } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { Trouble } from "~/shared/Trouble";
import { type MomentActions, MomentCard } from "~/watch/moments/MomentCard";
import type { Moments, ShownMoment } from "~/watch/moments/useMoments";
import { useFollow } from "~/watch/useFollow";
import classes from "./MomentList.module.css";

interface MomentListProps {
  moments: Moments;
  litKey: string | null;
  /** Where the list is open: the lit one, or the last that the film came to. */
  followedKey: string | null;
  /** The lit one must be seen, whatever the pointer is doing. */
  bringIntoView: boolean;
  /** The page was opened by a link to a place. */
  linked: boolean;
  mayMark: boolean;
  mayClip: boolean;
  actions: MomentActions;
  criterionText: (moment: ShownMoment) => string | null;
  editorFor: (moment: ShownMoment) => ReactNode;
  /** What stands here while there are none. */
  none: string;
  /** How to mark one here: by key or by thumb. */
  hint: string;
}

/** The moments in the order of the film. The lit one comes into view by itself, unless somebody is busy here. */
export function MomentList(props: MomentListProps) {
  const { moments, litKey, followedKey, bringIntoView, linked, mayMark, mayClip } = props;
  const { actions, criterionText, editorFor, none, hint } = props;
  const ref = useRef<HTMLOListElement>(null);

  useFollow(ref, moments.isLoading ? null : followedKey, { urgent: bringIntoView, linked });

  if (moments.isLoading) {
    return (
      <Stack gap="sm" aria-hidden="true">
        <Skeleton h={72} />
        <Skeleton h={72} />
        <Skeleton h={72} />
      </Stack>
    );
  }
  if (moments.error && moments.list.length === 0) return <Trouble error={moments.error} />;
  if (moments.list.length === 0) {
    return (
      <div className={classes.empty}>
        <svg viewBox="0 0 160 26" aria-hidden="true">
          <line x1="2" y1="19" x2="158" y2="19" />
          <circle cx="64" cy="19" r="6" />
        </svg>
        <p>{none}</p>
        {mayMark && <p className={classes.hint}>{hint}</p>}
      </div>
    );
  }
  return (
    <ol ref={ref} className={classes.list}>
      {moments.list.map((moment) => (
        <MomentCard
          key={moment.key}
          moment={moment}
          criterion={criterionText(moment)}
          lit={moment.key === litKey}
          mayMark={mayMark}
          mayClip={mayClip}
          actions={actions}
          editor={editorFor(moment)}
        />
      ))}
    </ol>
  );
}
