import { useEffect, useState } from "react";
import type { Recording } from "~/filming/Recording";
import { clock } from "~/shared/time";
import classes from "./CameraScreen.module.css";

/** How long it has been filming. */
export function Elapsed({ of }: { of: Recording }) {
  const [ms, setMs] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setMs(of.elapsedMs), 250);
    return () => window.clearInterval(timer);
  }, [of]);
  return (
    <p className={classes.elapsed} role="timer" aria-label="Filming">
      <span className={classes.light} aria-hidden="true" />
      {clock(ms)}
    </p>
  );
}
