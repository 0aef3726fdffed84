import { ActionIcon, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMovie, IconPlayerPlayFilled, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { sentence } from "~/api/problem";
import type { ActionStep, Clip, Evidence, Me } from "~/api/types";
import { clipQuery } from "~/clips/api";
import { useRemoveEvidence } from "~/coaching/api";
import { shownFor } from "~/coaching/evidence/shown";
import { useMe } from "~/people/session";
import { ask } from "~/shared/ask";
import { at, said, spoken } from "~/shared/time";
import { firstName } from "~/shared/words";
import { TermText } from "~/terms/TermText";
import { videoQuery } from "~/videos/api";
import classes from "./EvidenceList.module.css";

interface EvidenceListProps {
  step: ActionStep;
  /** Null: what shows the step as a whole. */
  criterion: string | null;
  label: string;
}

/** What shows how it goes: clips, takes and words, each with who added it. */
export function EvidenceList({ step, criterion, label }: EvidenceListProps) {
  const me = useMe();
  const { added, tied } = shownFor(step, criterion);
  if (added.length + tied.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={label}>
      {tied.map((clip) => (
        <li key={clip.id} className={classes.one} data-clip>
          <ClipLink clip={clip} />
        </li>
      ))}
      {added.map((one) => (
        <Added key={one.id} one={one} step={step} me={me} />
      ))}
    </ul>
  );
}

function Added({ one, step, me }: { one: Evidence; step: ActionStep; me: Me }) {
  const remove = useRemoveEvidence(step.id);
  const takeAway = async () => {
    const sure = await ask({
      title: "Take this away?",
      detail: one.clip || one.video ? "The film itself stays." : "Your words go.",
      yes: "Take it away",
    });
    if (!sure) return;
    remove.mutate(one.id, {
      onError: (error) => notifications.show({ color: "red", message: sentence(error) }),
    });
  };
  return (
    <li className={classes.one} data-clip={one.clip ? true : undefined}>
      <div className={classes.what}>
        {one.clip && <ClipOf id={one.clip} />}
        {one.video && <TakeOf id={one.video} />}
        {one.note && (
          <p className={classes.note}>
            <TermText text={one.note} />
          </p>
        )}
        <small className={classes.by}>
          {one.added_by.id === me.id ? "You" : firstName(one.added_by.name)} · {said(one.created_at)}
        </small>
      </div>
      {one.mine && (
        <ActionIcon
          color="gray"
          className={classes.remove}
          aria-label="Take this away"
          loading={remove.isPending}
          onClick={() => void takeAway()}
        >
          <IconTrash size={20} />
        </ActionIcon>
      )}
    </li>
  );
}

function ClipOf({ id }: { id: string }) {
  const { data: clip, isError } = useQuery(clipQuery(id));
  if (isError) return <span>A clip that can’t be shown just now</span>;
  return clip ? <ClipLink clip={clip} /> : <Skeleton h={44} />;
}

function ClipLink({ clip }: { clip: Clip }) {
  const link = clip.video
    ? ({
        to: "/videos/$id",
        params: { id: clip.video },
        search: { clip: clip.id, t: at(clip.start_ms) },
      } as const)
    : ({ to: "/clips/$id", params: { id: clip.id } } as const);
  return (
    <Link {...link} className={classes.link}>
      <Sign copper>
        <IconPlayerPlayFilled size={18} />
      </Sign>
      <span>
        {clip.title} <span className={classes.length}>{spoken(clip.end_ms - clip.start_ms)}</span>
      </span>
    </Link>
  );
}

function TakeOf({ id }: { id: string }) {
  const { data: video, isError } = useQuery(videoQuery(id));
  if (isError) return <span>A film that can’t be shown just now</span>;
  if (!video) return <Skeleton h={44} />;
  return (
    <Link to="/videos/$id" params={{ id }} className={classes.link}>
      <Sign>
        <IconMovie size={20} />
      </Sign>
      <span>{video.title}</span>
    </Link>
  );
}

function Sign({ copper = false, children }: { copper?: boolean; children: ReactNode }) {
  return (
    <span className={classes.sign} data-copper={copper || undefined} aria-hidden="true">
      {children}
    </span>
  );
}
