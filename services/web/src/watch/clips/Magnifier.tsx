import { useElementSize } from "@mantine/hooks";
import { useCallback, useRef, useState } from "react";
import type { Draft, Edge } from "~/watch/clips/draft";
import type { Cut } from "~/watch/clips/useCut";
import type { FrameTable, Span } from "~/watch/player/frameTable";
import { useOnTime, usePlayer } from "~/watch/player/usePlayer";
import { preciseClock } from "~/watch/startAt";
import type { Sound } from "~/watch/timeline/drawSound";
import { SoundCanvas } from "~/watch/timeline/SoundCanvas";
import { fractionOf, msAt, windowAround } from "~/watch/timeline/scale";
import { type Thumb, thumbAt } from "~/watch/timeline/storyboard";
import { Thumbnail } from "~/watch/timeline/Thumbnail";
import classes from "./Magnifier.module.css";

interface MagnifierProps {
  draft: Draft;
  cut: Cut;
  durationMs: number;
  sound?: Sound;
  thumbs?: Thumb[];
}

const THUMB_PX = 72;
const FRAME_PX = 5;

/** The stretch of film around a clip, magnified, with a handle at each edge. */
export function Magnifier({ draft, cut, durationMs, sound, thumbs }: MagnifierProps) {
  const player = usePlayer();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [window, setWindow] = useState(() => windowAround(draft, durationMs));
  const percent = (ms: number) => `${Math.min(Math.max(fractionOf(ms, window), 0), 1) * 100}%`;

  // While a handle is held the window stands still; afterwards it fits the clip again.
  const settle = (edge: Edge) => {
    setWindow(windowAround(draft, durationMs));
    cut.settle(edge);
  };

  return (
    <div className={classes.magnifier}>
      <div ref={ref} className={classes.strip}>
        <div className={classes.pictures}>
          {thumbs &&
            places(window, Math.ceil(width / THUMB_PX)).map((ms) => {
              const thumb = thumbAt(thumbs, ms);
              return thumb && <Thumbnail key={ms} thumb={thumb} width={THUMB_PX} />;
            })}
        </div>
        <SoundCanvas className={classes.sound} window={window} sound={sound} speech={undefined} />
        <Frames table={player.frames} window={window} width={width} />
        <span className={classes.outside} style={{ left: 0, width: percent(draft.startMs) }} />
        <span className={classes.outside} style={{ left: percent(draft.endMs), right: 0 }} />
        <span
          className={classes.inside}
          style={{ left: percent(draft.startMs), right: `calc(100% - ${percent(draft.endMs)})` }}
        />
        <Needle window={window} />
        <Handle
          edge="start"
          draft={draft}
          window={window}
          at={percent(draft.startMs)}
          cut={cut}
          settle={settle}
        />
        <Handle
          edge="end"
          draft={draft}
          window={window}
          at={percent(draft.endMs)}
          cut={cut}
          settle={settle}
        />
      </div>
    </div>
  );
}

interface HandleProps {
  edge: Edge;
  draft: Draft;
  window: Span;
  at: string;
  cut: Cut;
  settle: (edge: Edge) => void;
}

function Handle({ edge, draft, window, at, cut, settle }: HandleProps) {
  const held = useRef(false);
  const ms = edge === "start" ? draft.startMs : draft.endMs;
  return (
    <button
      type="button"
      className={classes.handle}
      data-edge={edge}
      data-active={draft.edge === edge || undefined}
      style={{ left: at }}
      role="slider"
      aria-label={edge === "start" ? "Where the clip starts" : "Where the clip ends"}
      aria-valuemin={Math.round(window.startMs)}
      aria-valuemax={Math.round(window.endMs)}
      aria-valuenow={ms}
      aria-valuetext={preciseClock(ms)}
      onFocus={() => cut.patch({ edge })}
      onPointerDown={(event) => {
        held.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        cut.patch({ edge });
      }}
      onPointerMove={(event) => {
        const strip = event.currentTarget.parentElement;
        if (!held.current || !strip) return;
        const box = strip.getBoundingClientRect();
        cut.move(edge, msAt(event.clientX - box.left, box.width, window));
      }}
      onLostPointerCapture={() => {
        if (held.current) settle(edge);
        held.current = false;
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        cut.nudge(edge, by * (event.shiftKey ? 30 : 1));
      }}
    />
  );
}

/** One line for each frame, as soon as there is room for them. */
function Frames({ table, window, width }: { table: FrameTable | null; window: Span; width: number }) {
  if (!table || width === 0) return null;
  const [first, last] = [table.nearest(window.startMs), table.nearest(window.endMs)];
  if (width / Math.max(last - first, 1) < FRAME_PX) return null;
  const lines = Array.from({ length: last - first + 1 }, (_, i) => table.startMs(first + i));
  return lines.map((ms) => (
    <span key={ms} className={classes.frame} style={{ left: `${fractionOf(ms, window) * 100}%` }} />
  ));
}

function Needle({ window: { startMs, endMs } }: { window: Span }) {
  const ref = useRef<HTMLSpanElement>(null);
  const move = useCallback(
    (ms: number) => {
      const fraction = fractionOf(ms, { startMs, endMs });
      if (!ref.current) return;
      ref.current.style.left = `${fraction * 100}%`;
      ref.current.hidden = fraction < 0 || fraction > 1;
    },
    [startMs, endMs],
  );
  useOnTime(move);
  return <span ref={ref} className={classes.needle} />;
}

/** Evenly spread times of a window, one for each picture that fits. */
function places({ startMs, endMs }: Span, count: number): number[] {
  const step = (endMs - startMs) / Math.max(count, 1);
  return Array.from({ length: count }, (_, i) => Math.round(startMs + (i + 0.5) * step));
}
