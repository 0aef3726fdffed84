import type { Clip } from "~/api/types";
import { ClipCard } from "~/clips/ClipCard";
import classes from "./ClipCard.module.css";

/** Clips, one tap from playing. Where they are what somebody came for, the first one's film is opened ahead. */
export function ClipList({ clips, wanted = false }: { clips: Clip[]; wanted?: boolean }) {
  return (
    <ul className={classes.list}>
      {clips.map((clip, place) => (
        <ClipCard key={clip.id} clip={clip} likely={wanted && place === 0} />
      ))}
    </ul>
  );
}
