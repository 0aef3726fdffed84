import { useQuery } from "@tanstack/react-query";
import { cameBack } from "~/videos/coming";
import { ownWatchesQuery } from "~/videos/ownWatches";
import classes from "./CameBack.module.css";

/** How often I came back to a film or a clip: told to me, and to nobody else. */
export function CameBack({ video, clip }: { video?: string | undefined; clip?: string | undefined }) {
  const { data = [] } = useQuery(ownWatchesQuery);
  const mine = data.find((one) => (clip ? one.clip === clip : one.video === video));
  const words = cameBack(mine?.count ?? 0);
  return words ? <p className={classes.words}>{words}</p> : null;
}
