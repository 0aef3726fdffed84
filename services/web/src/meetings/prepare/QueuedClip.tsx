import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlayerPlayFilled, IconX } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import type { MeetingClip } from "~/api/types";
import { moved, type Purpose, type Queued, withPurpose } from "~/meetings/prepare/queue";
import { late } from "~/shared/late";
import { clock, spoken } from "~/shared/time";
import classes from "./Prepare.module.css";

// The player comes with the first press.
const ClipPlayer = late(() => import("~/meetings/film/ClipPlayer"), "ClipPlayer");

const PURPOSES: { value: Purpose; label: string }[] = [
  { value: "praise", label: "To praise" },
  { value: "probe", label: "To think about" },
];

interface QueuedClipProps {
  queued: MeetingClip;
  /** Among those that are watched for the same. */
  isFirst: boolean;
  isLast: boolean;
  onQueue: (change: (queue: Queued[]) => Queued[]) => void;
}

/** One clip that is going to be watched: what for, when, or not after all. */
export function QueuedClip({ queued: { clip, purpose }, isFirst, isLast, onQueue }: QueuedClipProps) {
  const [plays, setPlays] = useState(false);
  const { id, title } = clip;
  return (
    <li className={classes.clip}>
      <div className={classes.row}>
        <button
          type="button"
          className={classes.poster}
          aria-label={plays ? `Close “${title}”` : `Play “${title}”`}
          aria-expanded={plays}
          onClick={() => setPlays(!plays)}
        >
          {clip.poster && <img src={clip.poster} alt="" loading="lazy" />}
          {plays ? <IconX size={22} /> : <IconPlayerPlayFilled size={22} />}
        </button>
        <div className={classes.about}>
          <b>{title}</b>
          <p className={classes.hint}>
            at {clock(clip.start_ms)}, {spoken(clip.end_ms - clip.start_ms)}
          </p>
        </div>
        <div className={classes.places}>
          {!(isFirst && isLast) && (
            <>
              <ActionIcon
                color="gray"
                className={classes.move}
                aria-label={`“${title}” earlier`}
                disabled={isFirst}
                onClick={() => onQueue((queue) => moved(queue, id, -1))}
              >
                <IconArrowUp size={20} />
              </ActionIcon>
              <ActionIcon
                color="gray"
                className={classes.move}
                aria-label={`“${title}” later`}
                disabled={isLast}
                onClick={() => onQueue((queue) => moved(queue, id, 1))}
              >
                <IconArrowDown size={20} />
              </ActionIcon>
            </>
          )}
          <ActionIcon
            color="gray"
            aria-label={`Leave “${title}” out`}
            onClick={() => onQueue((queue) => queue.filter((one) => one.clip !== id))}
          >
            <IconX size={20} />
          </ActionIcon>
        </div>
      </div>
      <fieldset className={classes.purpose} aria-label={`What “${title}” is for`}>
        {PURPOSES.map((one) => (
          <button
            key={one.value}
            type="button"
            aria-pressed={purpose === one.value}
            onClick={() => onQueue((queue) => withPurpose(queue, id, one.value))}
          >
            {one.label}
          </button>
        ))}
      </fieldset>
      {plays && (
        <Suspense>
          <ClipPlayer clip={clip} plays />
        </Suspense>
      )}
    </li>
  );
}
