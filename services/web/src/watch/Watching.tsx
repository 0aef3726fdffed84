import { SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Clip, Video } from "~/api/types";
import { actionStepsQuery, presentStep } from "~/coaching/api";
import { count } from "~/shared/words";
import { videoClipsQuery } from "~/watch/clips/api";
import { audienceLine } from "~/watch/clips/audience";
import { ClipList } from "~/watch/clips/ClipList";
import { ClipSheet } from "~/watch/clips/ClipSheet";
import { copyLink } from "~/watch/copyLink";
import { FilmHeader } from "~/watch/FilmHeader";
import { FilmMenu } from "~/watch/FilmMenu";
import { KeysOverlay } from "~/watch/KeysOverlay";
import { MomentEditor } from "~/watch/moments/MomentEditor";
import { MomentList } from "~/watch/moments/MomentList";
import { NoteBox } from "~/watch/moments/NoteBox";
import { currentKey } from "~/watch/moments/order";
import { type ShownMoment, useMoments } from "~/watch/moments/useMoments";
import { Film } from "~/watch/player/Film";
import { Transport } from "~/watch/player/Transport";
import { PlayerContext, useNewPlayer, usePlace, usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import { Sheet } from "~/watch/Sheet";
import { ThumbBar } from "~/watch/ThumbBar";
import { Timeline } from "~/watch/timeline/Timeline";
import { useClipping } from "~/watch/useClipping";
import { type Start, useFilmExtras, useOpening } from "~/watch/useFilm";
import { useMarking } from "~/watch/useMarking";
import { useWatchKeys } from "~/watch/useWatchKeys";
import classes from "./WatchPage.module.css";

interface WatchingProps {
  video: Video;
  start: Start;
}

/** A film that can be watched, with all that hangs on it. */
export function Watching(props: WatchingProps) {
  const player = useNewPlayer();
  return (
    <PlayerContext value={player}>
      <Desk {...props} />
    </PlayerContext>
  );
}

function Desk({ video, start }: WatchingProps) {
  const player = usePlayer();
  const isLaptop = useMediaQuery("(min-width: 62em)", undefined, { getInitialValueInEffect: false });
  const [list, setList] = useState<"moments" | "clips">(start.clip ? "clips" : "moments");
  const [showsKeys, setShowsKeys] = useState(false);
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const sayRef = useRef<HTMLTextAreaElement>(null);

  const moments = useMoments(video.id);
  const clips = useQuery(videoClipsQuery(video.id));
  const { data: allSteps } = useQuery({ ...actionStepsQuery(video.owner.id), enabled: video.rights.mark });
  const step = presentStep(allSteps);
  const steps = step ? [step, ...(allSteps ?? []).filter(({ id }) => id !== step.id)] : (allSteps ?? []);
  const extras = useFilmExtras(video);
  const filmMs = usePlayerState((state) => state.durationMs);
  const durationMs = video.duration_ms ?? filmMs;

  useOpening(player, video, start, {
    clips: clips.data,
    moments: moments.isLoading ? undefined : moments.list,
  });
  const marking = useMarking(player, moments);
  const clipping = useClipping(player, video, durationMs, steps);
  const { cut } = clipping;

  const currentMoment = usePlace((ms) => currentKey(moments.list, ms));
  const litKey = marking.editing ?? currentMoment;
  const span = usePlayerState((state) => state.span);
  const playing = clips.data?.find(
    ({ start_ms, end_ms }) => start_ms === span?.startMs && end_ms === span.endMs,
  );
  const criterionText = ({ saved, criterion }: ShownMoment) =>
    steps.flatMap(({ criteria }) => criteria).find(({ id }) => id === criterion)?.text ??
    saved?.criterion_text ??
    null;

  const mark = () => {
    if (!video.rights.mark) return;
    setList("moments");
    marking.mark();
  };
  const clipHere = () => {
    const moment = moments.find(currentMoment);
    if (moment) clipping.fromMoment(moment);
    else clipping.aroundHere();
  };
  const playMoment = (moment: ShownMoment) => {
    marking.edit(null);
    player.leaveSpan();
    player.seek(moment.startMs);
    void player.play();
  };
  const playClip = ({ start_ms, end_ms }: Clip) => player.playSpan({ startMs: start_ms, endMs: end_ms });

  useWatchKeys({
    player,
    clipping,
    mayClip: video.rights.clip,
    mark,
    clipHere,
    say() {
      const moment = moments.find(litKey);
      if (!moment?.mine) return;
      marking.edit(moment.key);
      requestAnimationFrame(() => sayRef.current?.focus());
    },
    note: () => noteRef.current?.focus(),
    help: () => setShowsKeys(true),
    close() {
      if (cut.draft || cut.inMs !== null) cut.end();
      else marking.edit(null);
    },
  });

  const edited = moments.find(marking.editing);
  const editor = (moment: ShownMoment) => (
    <MomentEditor
      key={moment.key}
      moment={moment}
      step={step}
      textRef={sayRef}
      onChange={(change) => marking.change(moment.key, change)}
      onDone={() => marking.edit(null)}
    />
  );
  const showsMomentSheet = !isLaptop && !cut.draft && edited !== undefined;
  const hasSheet = cut.draft !== null || showsMomentSheet;

  const lists = (
    <div className={classes.lists}>
      <SegmentedControl
        fullWidth
        mb="sm"
        aria-label="What to show"
        value={list}
        onChange={(value) => setList(value as typeof list)}
        data={[
          { value: "moments", label: tab("moment", moments.list.length) },
          { value: "clips", label: tab("clip", clips.data?.length ?? 0) },
        ]}
      />
      <div className={classes.scroller} data-scrolls={isLaptop || undefined}>
        {list === "moments" ? (
          <MomentList
            moments={moments}
            litKey={litKey}
            bringIntoView={marking.editing !== null}
            mayMark={video.rights.mark}
            mayClip={video.rights.clip}
            criterionText={criterionText}
            editorFor={(moment) => (isLaptop && moment.key === marking.editing ? editor(moment) : null)}
            hint={
              isLaptop
                ? "Press M when you see one. It marks the ten seconds before."
                : "Tap Moment when you see one. It marks the ten seconds before."
            }
            actions={{
              play: playMoment,
              edit: ({ key }) => marking.edit(key),
              remove: marking.remove,
              clip: clipping.fromMoment,
              copyLink: ({ startMs }) => void copyLink(video.id, { ms: startMs }),
              reply: ({ key }, text) => moments.reply(key, text),
            }}
          />
        ) : (
          <ClipList
            clips={clips.data}
            error={clips.error}
            litId={playing?.id ?? null}
            mayClip={video.rights.clip}
            hint={
              isLaptop
                ? "Press C, or I and O, to cut one out."
                : "Open a moment and tap Make a clip, or tap Clip below."
            }
            actions={{
              play: playClip,
              change: clipping.change,
              remove: clipping.remove,
              copyLink: ({ id }) => void copyLink(video.id, { clip: id }),
            }}
          />
        )}
      </div>
      {isLaptop && video.rights.mark && list === "moments" && (
        <NoteBox inputRef={noteRef} onNote={marking.note} />
      )}
    </div>
  );

  return (
    <div className={classes.page} data-sheet={hasSheet || undefined}>
      <div className={classes.watch}>
        <Film
          title={video.title}
          poster={video.poster}
          aspect={video.width && video.height ? video.width / video.height : 16 / 9}
          captions={video.captions}
        />
        <div className={classes.strip}>
          <Timeline
            durationMs={durationMs}
            dots={moments.list.map(({ key, startMs }) => ({
              key,
              startMs,
              lit: key === litKey,
              fresh: key === marking.fresh,
            }))}
            bars={(clips.data ?? []).map(({ id, start_ms, end_ms }) => ({
              key: id,
              startMs: start_ms,
              endMs: end_ms,
              lit: id === playing?.id,
            }))}
            cut={cut.draft ?? (cut.inMs === null ? null : { startMs: cut.inMs })}
            onDot={(key) => {
              const moment = moments.find(key);
              if (moment) playMoment(moment);
            }}
            {...extras}
          />
        </div>
        <div className={classes.below}>
          <Transport durationMs={durationMs} />
          {isLaptop && <ThumbBar rights={video.rights} onMoment={mark} onClip={clipHere} />}
        </div>
      </div>
      <div className={classes.head}>
        <FilmHeader video={video} audience={audienceLine(video.audience)}>
          <FilmMenu
            video={video}
            onCopyLink={() => void copyLink(video.id, { ms: player.nowMs })}
            onKeys={() => setShowsKeys(true)}
          />
        </FilmHeader>
      </div>
      <div className={classes.side}>
        {cut.draft ? (
          <ClipSheet
            draft={cut.draft}
            cut={cut}
            durationMs={durationMs}
            steps={steps}
            audience={audienceLine(clipAudience(video, clips.data, cut.draft.clipId))}
            saving={clipping.save.isPending}
            error={clipping.save.error}
            onSave={() => clipping.keep(() => setList("clips"))}
            {...extras}
          />
        ) : (
          lists
        )}
      </div>
      {!isLaptop && !cut.draft && <ThumbBar rights={video.rights} onMoment={mark} onClip={clipHere} />}
      {showsMomentSheet && edited && (
        <Sheet key={edited.key} title="Moment marked" aboveThumb onClose={() => marking.edit(null)}>
          {editor(edited)}
        </Sheet>
      )}
      <KeysOverlay opened={showsKeys} onClose={() => setShowsKeys(false)} />
    </div>
  );
}

function tab(word: string, n: number): string {
  return n === 0 ? `${word[0]?.toUpperCase()}${word.slice(1)}s` : count(n, word);
}

/** A new clip is seen by whoever sees the film; an old one may have been permitted to more people. */
function clipAudience(video: Video, clips: Clip[] | undefined, clipId: string | null) {
  return clips?.find(({ id }) => id === clipId)?.audience ?? video.audience;
}
