import { SegmentedControl } from "@mantine/core";
import { type ReactNode, Suspense, useState } from "react";
import type { Clip, Video } from "~/api/types";
import { late } from "~/shared/late";
import { count, firstName } from "~/shared/words";
import { copyLink } from "~/watch/copyLink";
import { ClipList } from "~/watch/later";
import type { MomentActions } from "~/watch/moments/MomentCard";
import { MomentList } from "~/watch/moments/MomentList";
import type { ShownMoment } from "~/watch/moments/useMoments";
import type { Desk, List } from "~/watch/useDesk";
import { useSteady } from "~/watch/useSteady";
import classes from "./WatchPage.module.css";

const ModelDialog = late(() => import("~/exemplars/ModelDialog"), "ModelDialog");

interface ListsProps {
  video: Video;
  desk: Desk;
  editorFor: (moment: ShownMoment) => ReactNode;
  onSetStep: ((clip: Clip) => void) | undefined;
}

/** What hangs on the film: its moments, or its clips. */
export function Lists({ video, desk, editorFor, onSetStep }: ListsProps) {
  const { isLaptop, list, moments, clips } = desk;
  return (
    <div className={classes.lists}>
      <SegmentedControl
        fullWidth
        mb="sm"
        aria-label="What to show"
        classNames={{ label: classes.tab }}
        value={list}
        onChange={(value) => desk.setList(value as List)}
        data={[
          { value: "moments", label: moments.list.length ? count(moments.list.length, "moment") : "Moments" },
          { value: "clips", label: clips.data?.length ? count(clips.data.length, "clip") : "Clips" },
        ]}
      />
      <div className={classes.scroller} data-scrolls={isLaptop || undefined}>
        {list === "moments" ? (
          <MomentsOf video={video} desk={desk} editorFor={editorFor} />
        ) : (
          <ClipsOf video={video} desk={desk} onSetStep={onSetStep} />
        )}
      </div>
    </div>
  );
}

function MomentsOf({ video, desk, editorFor }: Omit<ListsProps, "onSetStep">) {
  const { isLaptop, moments, marking, clipping, steps } = desk;
  const criteria = steps.flatMap((step) => step.criteria);
  const actions = useSteady<MomentActions>({
    play: desk.playMoment,
    edit: ({ key }) => marking.edit(key),
    remove: marking.remove,
    clip: clipping.fromMoment,
    copyLink: ({ startMs }) => void copyLink(video.id, { ms: startMs }),
    reply: ({ key }, text) => moments.reply(key, text),
  });
  return (
    <MomentList
      moments={moments}
      litKey={desk.litKey}
      followedKey={desk.followedKey}
      linked={desk.linked}
      bringIntoView={marking.editing !== null}
      mayMark={video.rights.mark}
      mayClip={video.rights.clip}
      criterionText={({ saved, criterion }) =>
        criterion && (criteria.find(({ id }) => id === criterion)?.text ?? saved?.criterion_text ?? null)
      }
      editorFor={(moment) => (isLaptop && moment.key === marking.editing ? editorFor(moment) : null)}
      none={
        video.rights.mark
          ? "No moments yet."
          : `Moments stay between ${firstName(video.owner.name)} and their coach.`
      }
      hint={`${isLaptop ? "Press M" : "Tap Moment"} when you see one. It marks the ten seconds before.`}
      actions={actions}
    />
  );
}

function ClipsOf({ video, desk, onSetStep }: Omit<ListsProps, "editorFor">) {
  const { clips, clipping } = desk;
  const [showing, setShowing] = useState<Clip>();
  return (
    <>
      <ClipList
        clips={clips.data}
        error={clips.error}
        litId={desk.playingClip?.id ?? null}
        mayClip={video.rights.clip}
        linked={desk.linked}
        hint={
          desk.isLaptop
            ? "Press C, or I and O, to cut one out."
            : "Tap Clip below, or open a moment and tap Make a clip."
        }
        actions={{
          play: desk.playClip,
          change: clipping.change,
          remove: clipping.remove,
          copyLink: ({ id }) => void copyLink(video.id, { clip: id }),
          show: video.purpose === "meeting" ? undefined : setShowing,
          ...(onSetStep ? { setStep: onSetStep } : {}),
        }}
      />
      {showing && (
        <Suspense>
          <ModelDialog video={video} clip={showing} onClose={() => setShowing(undefined)} />
        </Suspense>
      )}
    </>
  );
}
