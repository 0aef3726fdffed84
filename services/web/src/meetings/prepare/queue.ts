import type { Clip, MeetingClip } from "~/api/types";

export type Purpose = MeetingClip["purpose"];

export interface Queued {
  clip: string;
  purpose: Purpose;
}

/** Praise first, whatever order things came in; within each, the order that was chosen. */
export function inOrder<T extends { purpose: Purpose }>(queue: T[]): T[] {
  return [...queue.filter(isPraise), ...queue.filter((one) => !isPraise(one))];
}

/** Changes what a clip is watched for: it goes to the end of the praise, or to the front of the rest. */
export function withPurpose(queue: Queued[], clip: string, purpose: Purpose): Queued[] {
  const rest = queue.filter((one) => one.clip !== clip);
  const praised = rest.filter(isPraise);
  return [...praised, { clip, purpose }, ...rest.filter((one) => !isPraise(one))];
}

/** One place earlier or later among those that are watched for the same. */
export function moved(queue: Queued[], clip: string, by: -1 | 1): Queued[] {
  const from = queue.findIndex((one) => one.clip === clip);
  const [one, other] = [queue[from], queue[from + by]];
  if (!one || other?.purpose !== one.purpose) return queue;
  const next = [...queue];
  next[from] = other;
  next[from + by] = one;
  return next;
}

export function added(queue: Queued[], clip: string, purpose: Purpose): Queued[] {
  return inOrder([...queue.filter((one) => one.clip !== clip), { clip, purpose }]);
}

/** Moments that no clip shows yet: one of them would play the same again. */
export function unclipped<T extends { start_ms: number; video: string }>(
  moments: T[],
  clips: Pick<Clip, "video" | "start_ms" | "end_ms">[],
): T[] {
  return moments.filter(({ start_ms, video }) =>
    clips.every((clip) => clip.video !== video || start_ms < clip.start_ms || start_ms >= clip.end_ms),
  );
}

/** The clips of a queue, as far as they are known. */
export function clipsOf(queue: Queued[], known: Clip[]): MeetingClip[] {
  const byId = new Map(known.map((clip) => [clip.id, clip]));
  return queue.flatMap(({ clip: id, purpose }) => {
    const clip = byId.get(id);
    return clip ? [{ clip, purpose }] : [];
  });
}

function isPraise({ purpose }: { purpose: Purpose }): boolean {
  return purpose === "praise";
}
