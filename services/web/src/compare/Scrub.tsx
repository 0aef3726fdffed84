import { useRef } from "react";
import { boundsOf } from "~/compare/line";
import { useOnLine, usePair, usePairState } from "~/compare/usePair";
import { clock } from "~/shared/time";
import classes from "./Bar.module.css";

/** Both films on one line; the criterion’s part of it is lighter. Dragging moves both. */
export function Scrub() {
  const pair = usePair();
  const line = usePairState((state) => state.line);
  const lengths = usePairState((state) => state.lengths);
  const stretch = usePairState((state) => state.stretch);
  const { startMs, endMs } = boundsOf(line, lengths);
  const input = useRef<HTMLInputElement>(null);
  const wasPlaying = useRef(false);

  useOnLine((atMs) => {
    const range = input.current;
    if (!range) return;
    range.value = String(Math.round(atMs));
    range.setAttribute("aria-valuetext", clock(Math.max(0, atMs - startMs)));
  });

  const done = () => {
    input.current?.blur();
    if (wasPlaying.current) pair.play();
    wasPlaying.current = false;
  };
  return (
    <input
      ref={input}
      type="range"
      className={classes.scrub}
      aria-label="Place in both films"
      min={Math.floor(startMs)}
      max={Math.ceil(endMs)}
      defaultValue={pair.nowMs}
      style={
        {
          "--from": stretch ? share(stretch.startMs, startMs, endMs) : 0,
          "--to": stretch ? share(stretch.endMs, startMs, endMs) : 0,
        } as React.CSSProperties
      }
      onPointerDown={() => {
        wasPlaying.current = pair.store.get().playing;
        pair.pause();
      }}
      onPointerUp={done}
      onPointerCancel={done}
      onChange={(event) => pair.seek(Number(event.currentTarget.value))}
    />
  );
}

function share(ms: number, startMs: number, endMs: number): number {
  return endMs > startMs ? Math.min(1, Math.max(0, (ms - startMs) / (endMs - startMs))) : 0;
}
