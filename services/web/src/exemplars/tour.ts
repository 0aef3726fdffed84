import type { Chapter } from "~/api/types";
import type { Span } from "~/watch/player/frameTable";

/** Before each criterion a little of what leads up to it, but never minutes. */
const LEAD_IN_MS = 10_000;

/** One stretch of the second watching: it ends where a criterion has been seen, and a question comes up. */
export interface Leg {
  span: Span;
  chapter: Chapter;
  prompt: string;
}

/** The second watching as coaches do it: from criterion to criterion, each with a prompt of the step. */
export function legsOf(chapters: Chapter[], prompts: string[], durationMs: number): Leg[] {
  let seenMs = 0;
  return chapters
    .toSorted((a, b) => a.start_ms - b.start_ms)
    .map((chapter, place) => {
      const endMs = Math.max(chapter.end_ms ?? durationMs, chapter.start_ms + 1);
      const fromMs = Math.min(Math.max(seenMs, chapter.start_ms - LEAD_IN_MS), chapter.start_ms);
      seenMs = Math.max(seenMs, endMs);
      return {
        span: { startMs: fromMs, endMs },
        chapter,
        prompt: prompts[place % prompts.length] ?? "What did you see and hear? What made it work?",
      };
    });
}

/** The chapter that is on at a time; of several the one that began last. */
export function chapterAt(chapters: Chapter[], ms: number): Chapter | undefined {
  return chapters.findLast(({ start_ms, end_ms }) => start_ms <= ms && (end_ms === null || ms < end_ms));
}
