import { useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Clip, Meeting, MeetingPatch, Moment } from "~/api/types";
import { useChangeMeeting } from "~/meetings/api";
import { added, clipsOf, type Queued, unclipped } from "~/meetings/prepare/queue";
import { useSaver } from "~/shared/useSaver";
import { newDraft, spanAround } from "~/watch/clips/draft";

/** What a coach gathers for a meeting; each change is kept by itself. */
export function usePreparation(meeting: Meeting) {
  const client = useQueryClient();
  const change = useChangeMeeting(meeting.id);
  const saver = useSaver<MeetingPatch>((patch) => change.mutateAsync(patch));
  const { unsaved } = saver;
  const queue = queueOf(meeting, unsaved);
  const offered = meeting.suggestions;
  const known = [...meeting.clips.map(({ clip }) => clip), ...(offered?.clips ?? [])];
  const queued = new Set(queue.map(({ clip }) => clip));
  const questions = unsaved.questions ?? meeting.questions;
  const press = (patch: MeetingPatch) => saver.change(patch, { now: true });
  /** Of two presses in a row the second builds on the first, even before that is drawn. */
  const setQueue = (change: (queue: Queued[]) => Queued[]) => {
    const now = client.getQueryData<Meeting>(keys.meeting(meeting.id)) ?? meeting;
    press({ clips: change(queueOf(now, saver.get().unsaved)) });
  };

  return {
    saver,
    clips: clipsOf(queue, known),
    setQueue,
    spareClips: known.filter(({ id }) => !queued.has(id)),
    spareMoments: unclipped(offered?.moments ?? [], known),
    questions,
    setQuestions: (next: string[]) => press({ questions: next }),
    spareQuestions: (offered?.questions ?? []).filter((text) => !questions.includes(text)),
    praise: unsaved.praise ?? meeting.praise,
    script: unsaved.script ?? meeting.script,
    plannedAt: given(unsaved.planned_at, meeting.planned_at),
    libraryStep: given(unsaved.library_step, meeting.library_step),
    press,
    type: (patch: MeetingPatch) => saver.change(patch),
    /** Cuts a moment out of the lesson and queues it. */
    async takeMoment(moment: Moment): Promise<void> {
      const clip = await clipOf(moment);
      client.setQueryData<Meeting>(keys.meeting(meeting.id), (old) => old && withSpare(old, clip, moment));
      setQueue((queue) => added(queue, clip.id, moment.kind === "praise" ? "praise" : "probe"));
      void client.invalidateQueries({ queryKey: keys.videoClips(moment.video) });
      void client.invalidateQueries({ queryKey: keys.clips });
    },
  };
}

export type Preparation = ReturnType<typeof usePreparation>;

function queueOf(meeting: Meeting, { clips }: Partial<MeetingPatch>): Queued[] {
  const chosen = clips ?? meeting.clips.map(({ clip, purpose }) => ({ clip: clip.id, purpose }));
  return chosen.map(({ clip, purpose }) => ({ clip, purpose: purpose ?? "probe" }));
}

/** `null` is a value here: it empties the field. */
function given<T>(unsaved: T | undefined, kept: T): T {
  return unsaved === undefined ? kept : unsaved;
}

function clipOf(moment: Moment): Promise<Clip> {
  const seed = { ...moment, startMs: moment.start_ms, endMs: moment.end_ms, saved: { id: moment.id } };
  const { startMs, endMs, title } = newDraft(spanAround(seed), Number.POSITIVE_INFINITY, seed);
  return ok(
    api.POST("/api/v1/videos/{video_id}/clips", {
      params: { path: { video_id: moment.video } },
      body: { start_ms: startMs, end_ms: endMs, title, criterion: moment.criterion, moment: moment.id },
    }),
  );
}

function withSpare(meeting: Meeting, clip: Clip, moment: Moment): Meeting {
  const { suggestions } = meeting;
  if (!suggestions) return meeting;
  const moments = suggestions.moments.filter(({ id }) => id !== moment.id);
  return { ...meeting, suggestions: { ...suggestions, moments, clips: [...suggestions.clips, clip] } };
}
