import type { Clip } from "~/api/types";
import { ClipCard } from "~/clips/ClipCard";
import { SetStepFromClip } from "~/coaching/set/SetStepFromClip";
import classes from "./ClipCard.module.css";

interface ClipListProps {
  clips: Clip[];
  /** They are what somebody came for: the first one's film is opened ahead. */
  wanted?: boolean;
  /** Each leads to a step set from it, too. */
  sets?: boolean;
}

/** Clips, one tap from playing. */
export function ClipList({ clips, wanted = false, sets = false }: ClipListProps) {
  return (
    <ul className={classes.list}>
      {clips.map((clip, place) => (
        <ClipCard key={clip.id} clip={clip} likely={wanted && place === 0}>
          {sets && <SetStepFromClip clip={clip} variant="subtle" ml="-md" />}
        </ClipCard>
      ))}
    </ul>
  );
}
