import { useEffect, useState } from "react";
import { STAGES, usualStage } from "~/meetings/stages";
import classes from "./Room.module.css";

const LOOK_AGAIN_MS = 10_000;
const MINUTE_MS = 60_000;

/** How long the two have been together, softly: no alarm, no red, no hurry. */
export function Clock({ startedAt }: { startedAt: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), LOOK_AGAIN_MS);
    return () => window.clearInterval(timer);
  }, []);
  const elapsedMs = Math.max(now - Date.parse(startedAt), 0);
  const minutes = Math.floor(elapsedMs / MINUTE_MS);
  const stage = STAGES.find(({ name }) => name === usualStage(elapsedMs));
  return (
    <p className={classes.clock}>
      <b>{minutes < 1 ? "Just begun" : `${minutes} min`}</b>
      <span>{minutes < 30 ? `by now usually ${stage?.doing}` : "take your time"}</span>
    </p>
  );
}
