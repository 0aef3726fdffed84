import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import type { Meeting } from "~/api/types";
import { useChangeMeeting } from "~/meetings/api";
import { countsFrom, entered, isStage, phaseOf, type StageName, stageOf } from "~/meetings/stages";

/**
 * The stage on this screen, kept in the address. The coach’s screen records what is entered, so that minutes can
 * be counted; every screen follows what was recorded.
 */
export function useStage(meeting: Meeting, records: boolean) {
  const search = useSearch({ from: "/inside/meetings/$id" });
  const navigate = useNavigate();
  const change = useChangeMeeting(meeting.id);
  const held = stageOf(meeting);
  const stage = isStage(search.stage) ? search.stage : held;
  const shown = meeting.clips.find(({ clip }) => clip.id === search.clip) ?? meeting.clips[0];
  const watching = shown?.purpose ?? "praise";
  const phase = phaseOf(stage, watching);

  const go = (next: StageName, { replace = false } = {}) =>
    navigate({ from: "/meetings/$id", search: (before) => ({ ...before, stage: next }), replace });
  const show = (clip: string) =>
    navigate({ from: "/meetings/$id", search: (before) => ({ ...before, clip }), replace: true });

  const record = useEffectEvent(() => {
    const from = countsFrom(meeting);
    if (!records || from === null) return;
    const phases = entered(meeting.counts.phases, phase, Date.now() - from);
    if (phases) change.mutate({ phases });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is recorded when another phase is entered here
  useEffect(record, [phase]);

  // Other screens go along when somebody goes on; who looks something up meanwhile is left alone until then.
  const before = useRef(held);
  const follow = useEffectEvent(() => {
    const changed = before.current !== held;
    before.current = held;
    if (changed && held !== stage && !change.isPending && !isTyping()) void go(held, { replace: true });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows when the meeting goes on
  useEffect(follow, [held]);

  return { stage, held, shown, go, show };
}

function isTyping(): boolean {
  return document.activeElement?.matches("input, textarea") ?? false;
}
