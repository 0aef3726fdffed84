import { Button, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { sentence } from "~/api/problem";
import type { Meeting, Moment } from "~/api/types";
import { QueuedClip } from "~/meetings/prepare/QueuedClip";
import { added } from "~/meetings/prepare/queue";
import type { Preparation } from "~/meetings/prepare/usePreparation";
import { clock, spoken } from "~/shared/time";
import classes from "./Prepare.module.css";

/** As many as one looks over at a glance. */
const FIRST = 6;

interface ClipQueueProps {
  meeting: Meeting;
  preparation: Preparation;
}

/** What the two will watch, praise first; and what else the lesson offers, a click each. */
export function ClipQueue({ meeting, preparation }: ClipQueueProps) {
  const { clips, setQueue } = preparation;
  const length = clips.reduce((ms, { clip }) => ms + clip.end_ms - clip.start_ms, 0);
  const praised = clips.filter(({ purpose }) => purpose === "praise").length;
  return (
    <section className={classes.part} aria-labelledby="watch">
      <Title order={2} id="watch">
        Watch together
      </Title>
      {clips.length > 0 ? (
        <ol className={classes.queue} aria-label="Clips, in order">
          {clips.map((one, place) => (
            <QueuedClip
              key={one.clip.id}
              queued={one}
              isFirst={place === 0 || place === praised}
              isLast={place === clips.length - 1 || place === praised - 1}
              onQueue={setQueue}
            />
          ))}
        </ol>
      ) : (
        <p className={classes.none}>
          {meeting.lesson
            ? "No clip yet. One to praise and one to think about are plenty."
            : "Choose a lesson on film, and its clips are here at once."}
        </p>
      )}
      {length > 0 && <p className={classes.hint}>{spoken(length)} to watch in all.</p>}
      <Spare preparation={preparation} />
      {meeting.lesson && (
        <Button
          variant="subtle"
          renderRoot={(props) => (
            <Link to="/videos/$id" params={{ id: meeting.lesson?.id ?? "" }} {...props} />
          )}
        >
          Look through the lesson again
        </Button>
      )}
    </section>
  );
}

/** What else the lesson offers: the first few, and the others when somebody asks for them. */
function Spare({ preparation }: { preparation: Preparation }) {
  const [all, setAll] = useState(false);
  const { setQueue, spareClips, spareMoments, takeMoment } = preparation;
  const total = spareClips.length + spareMoments.length;
  if (total === 0) return null;
  const room = all ? total : FIRST;
  return (
    <>
      <p className={classes.offer}>Also in this lesson</p>
      <ul className={classes.spare}>
        {spareClips.slice(0, room).map((clip) => (
          <li key={clip.id}>
            <Take
              words={clip.title}
              detail={`Clip at ${clock(clip.start_ms)}, ${spoken(clip.end_ms - clip.start_ms)}`}
              onTake={() => setQueue((queue) => added(queue, clip.id, "probe"))}
            />
          </li>
        ))}
        {spareMoments.slice(0, Math.max(0, room - spareClips.length)).map((moment) => (
          <li key={moment.id}>
            <TakeMoment moment={moment} take={takeMoment} />
          </li>
        ))}
      </ul>
      {total > room && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          Show all {total}
        </Button>
      )}
    </>
  );
}

function TakeMoment({ moment, take }: { moment: Moment; take: Preparation["takeMoment"] }) {
  const taking = useMutation({
    mutationFn: () => take(moment),
    onError: (error) =>
      notifications.show({ color: "red", title: "That clip wasn’t made", message: sentence(error) }),
  });
  const kind = moment.kind === "praise" ? "Praise" : "Moment";
  return (
    <Take
      words={moment.text || "A moment without words"}
      detail={`${kind} at ${clock(moment.start_ms)}`}
      busy={taking.isPending}
      onTake={() => taking.mutate()}
    />
  );
}

interface TakeProps {
  words: string;
  detail: string;
  busy?: boolean;
  onTake: () => void;
}

function Take({ words, detail, busy = false, onTake }: TakeProps) {
  return (
    <button type="button" className={classes.take} onClick={onTake} disabled={busy}>
      <IconPlus size={20} aria-hidden="true" />
      <span>
        <span className="visually-hidden">Take in: </span>
        {words}
        <small>{detail}</small>
      </span>
    </button>
  );
}
