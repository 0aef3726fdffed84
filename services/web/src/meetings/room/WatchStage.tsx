import { Button, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import type { Meeting, MeetingClip } from "~/api/types";
import { Wording } from "~/coaching/Wording";
import { Sides, type StageProps } from "~/meetings/room/Room";
import { late } from "~/shared/late";
import classes from "./Room.module.css";

const ClipPlayer = late(() => import("~/meetings/film/ClipPlayer"), "ClipPlayer");

interface WatchStageProps extends StageProps {
  shown: MeetingClip | undefined;
  onShow: (clip: string) => void;
}

/** What went well first, tied to the step before; then what to think about, with questions. */
export function WatchStage({ meeting, shown, onShow }: WatchStageProps) {
  // The first clip waits to be played; another one was pressed.
  const [pressed, setPressed] = useState(false);
  const show = (id: string) => {
    setPressed(true);
    onShow(id);
  };
  const place = meeting.clips.findIndex(({ clip }) => clip.id === shown?.clip.id);
  const next = meeting.clips[place + 1];
  return (
    <Sides
      main={
        shown ? (
          <>
            <Suspense fallback={<div className={classes.filmBlank} />}>
              <ClipPlayer clip={shown.clip} plays={pressed} keys />
            </Suspense>
            {meeting.clips.length > 1 && <Queue meeting={meeting} shown={shown} onShow={show} />}
          </>
        ) : (
          <NoClips meeting={meeting} />
        )
      }
      beside={
        <>
          {(!shown || shown.purpose === "praise") && <Praise meeting={meeting} />}
          {(!shown || shown.purpose === "probe") && <Questions meeting={meeting} shown={shown} />}
          {next && (
            <Button size="lg" onClick={() => show(next.clip.id)}>
              Next clip: {next.purpose === "praise" ? "to praise" : "to think about"}
            </Button>
          )}
        </>
      }
    />
  );
}

function Queue({
  meeting,
  shown,
  onShow,
}: Pick<WatchStageProps, "meeting" | "onShow"> & { shown: MeetingClip }) {
  return (
    <ol className={classes.queue} aria-label="Clips">
      {meeting.clips.map(({ clip, purpose }) => (
        <li key={clip.id}>
          <button
            type="button"
            aria-current={clip.id === shown.clip.id || undefined}
            onClick={() => onShow(clip.id)}
          >
            <small>{purpose === "praise" ? "To praise" : "To think about"}</small>
            {clip.title}
          </button>
        </li>
      ))}
    </ol>
  );
}

function Praise({ meeting: { praise, previous } }: { meeting: Meeting }) {
  if (!praise && !previous) return null;
  return (
    <section aria-labelledby="praise" className={classes.talk}>
      <Title order={2} id="praise" className={classes.label}>
        What went well
      </Title>
      {praise && <p className={classes.say}>{praise}</p>}
      {previous && (
        <div className={classes.tied}>
          <p>
            <Wording goal={previous.goal} action={previous.action} />
          </p>
          <ul>
            {previous.criteria.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Questions({ meeting, shown }: { meeting: Meeting; shown: MeetingClip | undefined }) {
  if (meeting.questions.length === 0 && !shown) return null;
  return (
    <section aria-labelledby="questions" className={classes.talk}>
      <Title order={2} id="questions" className={classes.label}>
        To think about
      </Title>
      {meeting.questions.length > 0 ? (
        <ul className={classes.questions}>
          {meeting.questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      ) : (
        <p className={classes.say}>What do you notice?</p>
      )}
      {shown?.clip.criterion_text && <p className={classes.criterion}>{shown.clip.criterion_text}</p>}
    </section>
  );
}

function NoClips({ meeting: { lesson } }: { meeting: Meeting }) {
  return (
    <div className={classes.nothing}>
      <p>{lesson ? "No clip was chosen for today." : "No film today? Then begin with what you both saw."}</p>
      {lesson && (
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/videos/$id" params={{ id: lesson.id }} {...props} />}
        >
          Watch the lesson: {lesson.title}
        </Button>
      )}
    </div>
  );
}
