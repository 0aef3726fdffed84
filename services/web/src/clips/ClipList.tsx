import type { Clip } from "~/api/types";
import { ClipCard } from "~/clips/ClipCard";
import classes from "./ClipCard.module.css";

export function ClipList({ clips }: { clips: Clip[] }) {
  return (
    <ul className={classes.list}>
      {clips.map((clip) => (
        <ClipCard key={clip.id} clip={clip} />
      ))}
    </ul>
  );
}
