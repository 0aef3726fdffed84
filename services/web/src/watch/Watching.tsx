import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { Suspense, useDeferredValue, useState } from "react";
import type { Clip, Me, Video } from "~/api/types";
import { coaches } from "~/coaching/set/SetStepFromClip";
import { MeetingOfLesson } from "~/meetings/prepare/MeetingOfLesson";
import { useMe } from "~/people/session";
import { RoundOf } from "~/rounds/RoundOf";
import { LateMenu } from "~/shared/LateMenu";
import { late } from "~/shared/late";
import { clock } from "~/shared/time";
import { CoacheeContext } from "~/terms/UnmetHint";
import { useCountsWatching } from "~/videos/ownWatches";
import { audienceLine, filmAudience, noMoreShared } from "~/watch/clips/audience";
import type { Draft } from "~/watch/clips/draft";
import { copyLink } from "~/watch/copyLink";
import { FilmHeader } from "~/watch/FilmHeader";
import { ClipSheet, FilmMenu, KeysOverlay, Lists, loadFilmMenu, useToolsSoon } from "~/watch/later";
import { MomentEditor } from "~/watch/moments/MomentEditor";
import { NoteBox } from "~/watch/moments/NoteBox";
import type { ShownMoment } from "~/watch/moments/useMoments";
import { PlayerContext, useNewPlayer, usePlayer } from "~/watch/player/usePlayer";
import { Sheet } from "~/watch/Sheet";
import { Stage } from "~/watch/Stage";
import { ThumbBar } from "~/watch/ThumbBar";
import { useDesk } from "~/watch/useDesk";
import type { Start } from "~/watch/useFilm";
import classes from "./WatchPage.module.css";

const SetFromClip = late(() => import("~/coaching/set/SetFromClip"), "SetFromClip");

interface WatchingProps {
  video: Video;
  start: Start;
}

/** A film that can be watched, with all that hangs on it. */
export function Watching(props: WatchingProps) {
  const player = useNewPlayer();
  return (
    <PlayerContext value={player}>
      <CoacheeContext value={props.video.owner}>
        <DeskPage {...props} />
      </CoacheeContext>
    </PlayerContext>
  );
}

function DeskPage({ video, start }: WatchingProps) {
  const player = usePlayer();
  const desk = useDesk(video, start);
  const me = useMe();
  const counts = video.owner.id === me.id || video.purpose === "model" || video.shown_to !== "nobody";
  useCountsWatching(player, counts ? { video: video.id, clip: desk.playingClip?.id ?? null } : null);
  const { isLaptop, marking, clipping } = desk;
  const { draft } = clipping.cut;
  const edited = desk.moments.find(marking.editing);
  const takesNotes = isLaptop && video.rights.mark && desk.list === "moments" && !draft;
  const showsMomentSheet = !isLaptop && !draft && edited !== undefined;
  // The film first: what hangs on it is drawn right after, without holding up the picture.
  const showsLists = useDeferredValue(true, false);
  useToolsSoon();
  const [steppedFrom, setSteppedFrom] = useState<Clip>();
  const maySetStep = coaches(me, video.owner.id);
  const closeEditor = () => marking.edit(null);

  const saveAndSet = () =>
    clipping.keep((clip) => {
      desk.setList("clips");
      setSteppedFrom(clip);
    });

  const editorFor = (moment: ShownMoment) => (
    <MomentEditor
      key={moment.key}
      moment={moment}
      step={desk.steps[0]}
      textRef={desk.sayRef}
      onChange={(change) => marking.change(moment.key, change)}
      onDone={closeEditor}
      onRemove={() => void marking.remove(moment)}
    />
  );

  return (
    <div className={classes.page} data-sheet={draft !== null || showsMomentSheet || undefined}>
      <Stage video={video} desk={desk} />
      <div className={classes.head}>
        <FilmHeader video={video} audience={filmAudience(video)}>
          <MeetingOfLesson video={video} visibleFrom="sm" />
          <LateMenu
            load={loadFilmMenu}
            closed={(props) => (
              <ActionIcon color="gray" aria-label="More about this film" {...props}>
                <IconDots size={24} />
              </ActionIcon>
            )}
            menu={
              <FilmMenu
                video={video}
                onCopyLink={() => void copyLink(video.id, { ms: player.nowMs })}
                onKeys={() => desk.setShowsKeys(true)}
              />
            }
          />
        </FilmHeader>
        <MeetingOfLesson video={video} hiddenFrom="sm" fullWidth mt="sm" />
        <RoundOf video={video} />
      </div>
      <div className={classes.side}>
        <Suspense fallback={null}>
          {draft ? (
            <ClipSheet
              draft={draft}
              cut={clipping.cut}
              durationMs={desk.durationMs}
              steps={desk.steps}
              audience={clipAudience(video, desk.clips.data, draft, me)}
              saving={clipping.save.isPending}
              error={clipping.save.error}
              onSave={() => clipping.keep(() => desk.setList("clips"))}
              onSaveAndSet={maySetStep && !draft.clipId ? saveAndSet : undefined}
              {...desk.extras}
            />
          ) : (
            showsLists && (
              <Lists
                video={video}
                desk={desk}
                editorFor={editorFor}
                onSetStep={maySetStep ? setSteppedFrom : undefined}
              />
            )
          )}
        </Suspense>
        {takesNotes && <NoteBox videoId={video.id} inputRef={desk.noteRef} onNote={marking.note} />}
      </div>
      {!isLaptop && !draft && <ThumbBar rights={video.rights} onMoment={desk.mark} onClip={desk.clipHere} />}
      {showsMomentSheet && (
        <Sheet key={edited.key} title={sheetTitle(edited, marking.marked)} aboveThumb onClose={closeEditor}>
          {editorFor(edited)}
        </Sheet>
      )}
      {steppedFrom && (
        <Suspense fallback={null}>
          <SetFromClip clip={steppedFrom} onClose={() => setSteppedFrom(undefined)} />
        </Suspense>
      )}
      {desk.showsKeys && (
        <Suspense fallback={null}>
          <KeysOverlay opened onClose={() => desk.setShowsKeys(false)} />
        </Suspense>
      )}
    </div>
  );
}

function sheetTitle({ key, startMs, endMs }: ShownMoment, marked: string | null): string {
  const when = endMs === null ? clock(startMs) : `${clock(startMs)}–${clock(endMs)}`;
  return key === marked ? `Moment marked · ${when}` : `Your moment · ${when}`;
}

/** A new clip is seen by whoever sees the film; an old one may have been permitted to more people. */
function clipAudience(video: Video, clips: Clip[] | undefined, draft: Draft, me: Me): string {
  const old = clips?.find(({ id }) => id === draft.clipId);
  if (!old) return audienceLine(video.audience);
  return noMoreShared(old, draft, me.id) ?? audienceLine(old.audience, old.shown_to);
}
