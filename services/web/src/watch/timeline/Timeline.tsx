import { useCallback, useRef, useState } from "react";
import { clock, spoken } from "~/shared/time";
import type { Span } from "~/watch/player/frameTable";
import { useOnTime, usePlace, usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import type { Sound } from "~/watch/timeline/drawSound";
import { SoundCanvas } from "~/watch/timeline/SoundCanvas";
import { fractionOf } from "~/watch/timeline/scale";
import { type Thumb, thumbAt } from "~/watch/timeline/storyboard";
import { Thumbnail } from "~/watch/timeline/Thumbnail";
import { useStripDrag } from "~/watch/timeline/useStripDrag";
import classes from "./Timeline.module.css";

export interface Dot {
  key: string;
  startMs: number;
  lit: boolean;
  /** Just marked: the penny drops. */
  fresh: boolean;
}

export interface Bar extends Span {
  key: string;
  lit: boolean;
}

interface TimelineProps {
  durationMs: number;
  dots: Dot[];
  bars: Bar[];
  /** Where a clip is being cut, or only begun (its end then follows the film). */
  cut: { startMs: number; endMs?: number } | null;
  sound?: Sound;
  speech?: Span[];
  thumbs?: Thumb[];
  onDot: (key: string) => void;
}

const THUMB_PX = 160;
/** A thumb can't aim better than this. */
const NEAR_PX = 14;
/** More than this many pennies would hide each other. */
const MANY_DOTS = 24;
const ROW_PX = 24;
const LEAP_MS = 10_000;

/** The whole film in one strip: sound, speech, moments, clips, and where we are. Drag it, or use the keys. */
export function Timeline({ durationMs, dots, bars, cut, sound, speech, thumbs, onDot }: TimelineProps) {
  const player = usePlayer();
  const [hoverMs, setHoverMs] = useState<number | null>(null);
  const film = { startMs: 0, endMs: durationMs };
  const percent = (ms: number) => `${fractionOf(ms, film) * 100}%`;
  const isDense = dots.length > MANY_DOTS;
  const resume = useRef(false);
  const isPlaying = usePlayerState((state) => state.playing);

  const drag = useStripDrag(film, {
    hover: setHoverMs,
    drag(ms) {
      if (isPlaying) {
        resume.current = true;
        player.pause();
      }
      player.seek(ms);
    },
    tap(ms, msPerPx, pxFromTop) {
      // Among many pennies a tap always comes near one; below their row it means the place itself.
      const reachable = isDense && pxFromTop > ROW_PX ? [] : dots;
      const near = reachable
        .map((dot) => ({ dot, away: Math.abs(dot.startMs - ms) / msPerPx }))
        .filter(({ away }) => away < NEAR_PX)
        .sort((a, b) => a.away - b.away)[0];
      if (near) onDot(near.dot.key);
      else player.seek(ms);
    },
    done() {
      if (resume.current) void player.play();
      resume.current = false;
    },
  });

  return (
    <div className={classes.timeline}>
      {hoverMs !== null && <Preview ms={hoverMs} at={percent(hoverMs)} thumbs={thumbs} />}
      <Strip durationMs={durationMs} data-dense={isDense || undefined} {...drag}>
        <SoundCanvas className={classes.sound} window={film} sound={sound} speech={speech} />
        {bars.map(({ key, startMs, endMs, lit }) => (
          <span
            key={key}
            className={classes.bar}
            data-lit={lit || undefined}
            style={{ left: percent(startMs), width: `${fractionOf(endMs - startMs, film) * 100}%` }}
          />
        ))}
        {cut && (
          <span
            className={classes.cut}
            data-open={cut.endMs === undefined || undefined}
            style={{
              left: percent(cut.startMs),
              width: cut.endMs ? `${fractionOf(cut.endMs - cut.startMs, film) * 100}%` : undefined,
            }}
          />
        )}
        {dots.map(({ key, startMs, lit, fresh }) => (
          <span
            key={key}
            className={classes.dot}
            data-lit={lit || undefined}
            data-fresh={fresh || undefined}
            style={{ left: percent(startMs) }}
          />
        ))}
        <Playhead durationMs={durationMs} />
      </Strip>
    </div>
  );
}

/** The strip as a slider; its keys are the page's own (arrows step by frame), and it adds longer leaps. */
interface StripProps {
  durationMs: number;
  "data-dense": true | undefined;
  children: React.ReactNode;
}

function Strip({ durationMs, ...rest }: StripProps) {
  const player = usePlayer();
  const second = usePlace((ms) => Math.floor(ms / 1000));
  return (
    <div
      className={classes.strip}
      role="slider"
      tabIndex={0}
      aria-label="Place in the film"
      aria-valuemin={0}
      aria-valuemax={Math.floor(durationMs / 1000)}
      aria-valuenow={second}
      aria-valuetext={`${spoken(second * 1000)} of ${spoken(durationMs)}`}
      onKeyDown={(event) => {
        const leap = { PageUp: -LEAP_MS, PageDown: LEAP_MS, Home: -durationMs, End: durationMs }[event.key];
        if (leap === undefined) return;
        event.preventDefault();
        player.jumpBy(leap);
      }}
      {...rest}
    />
  );
}

function Playhead({ durationMs }: { durationMs: number }) {
  const ref = useRef<HTMLSpanElement>(null);
  const move = useCallback(
    (ms: number) => {
      const fraction = Math.min(fractionOf(ms, { startMs: 0, endMs: durationMs }), 1);
      if (ref.current) ref.current.style.left = `${fraction * 100}%`;
    },
    [durationMs],
  );
  useOnTime(move);
  return <span ref={ref} className={classes.playhead} />;
}

function Preview({ ms, at, thumbs }: { ms: number; at: string; thumbs: Thumb[] | undefined }) {
  const thumb = thumbs && thumbAt(thumbs, ms);
  return (
    <div className={classes.preview} style={{ "--at": at } as React.CSSProperties}>
      {thumb && <Thumbnail thumb={thumb} width={THUMB_PX} />}
      <span>{clock(ms)}</span>
    </div>
  );
}
