import { useCallback, useRef } from "react";
import { clock } from "~/shared/time";
import { useOnTime, usePlayer } from "~/watch/player/usePlayer";
import classes from "./ObservedFilm.module.css";

const STEP_MS = 1000;

/** The place in the film, to drag to another one or to move by the second with the arrow keys. */
export function Scrub({ durationMs }: { durationMs: number }) {
  const player = usePlayer();
  const input = useRef<HTMLInputElement>(null);
  const follow = useCallback((ms: number) => {
    if (!input.current) return;
    input.current.value = String(Math.round(ms));
    input.current.setAttribute("aria-valuetext", clock(ms));
  }, []);
  useOnTime(follow);
  return (
    <input
      ref={input}
      type="range"
      className={classes.scrub}
      aria-label="Place in the film"
      min={0}
      max={durationMs}
      step={STEP_MS}
      defaultValue={0}
      onChange={(event) => player.seek(Number(event.currentTarget.value))}
    />
  );
}
