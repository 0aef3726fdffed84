import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { keys } from "~/api/keys";
import { Problem, sentence } from "~/api/problem";
import type { Moment } from "~/api/types";
import { changeMoment, removeMoment, saveMoment } from "~/watch/moments/api";
import { type UnsavedMoment, unsavedMoments } from "~/watch/moments/unsaved";

const RETRY_MS = 5000;
const underWay = new Set<string>();
/** The keys that moments had before they were saved, by id. */
const firstKeys = new Map<string, string>();

export function keyOf(moment: Moment): string {
  return firstKeys.get(moment.id) ?? moment.id;
}

/** Brings a moment to the server, and after it whatever was said about it meanwhile. */
export async function save(client: QueryClient, key: string): Promise<void> {
  const sent = unsavedMoments.find(key);
  if (!sent || underWay.has(key)) return;
  underWay.add(key);
  const { videoId, startMs, endMs, kind, text, criterion } = sent;
  try {
    const saved = await saveMoment(videoId, { start_ms: startMs, end_ms: endMs, kind, text, criterion });
    firstKeys.set(saved.id, key);
    const now = unsavedMoments.find(key) ?? sent;
    const words = { kind: now.kind, text: now.text, criterion: now.criterion };
    if (!now.removed) {
      client.setQueryData<Moment[]>(keys.moments(videoId), (moments = []) => [
        ...moments.filter(({ id }) => id !== saved.id),
        { ...saved, ...words },
      ]);
    }
    unsavedMoments.remove(key);
    if (now.removed) await removeMoment(saved.id);
    else if (now.kind !== kind || now.text !== text || now.criterion !== criterion) {
      await changeMoment(saved.id, words);
    }
  } catch (error) {
    const refused = error instanceof Problem && error.status < 500 && error.status !== 401;
    unsavedMoments.change(key, { problem: sentence(error), refused });
  } finally {
    underWay.delete(key);
  }
}

/** Takes a moment back that the server doesn't have yet, or is just getting. */
export function takeBack(key: string): void {
  if (underWay.has(key)) unsavedMoments.change(key, { removed: true });
  else unsavedMoments.remove(key);
}

/** Tries again what couldn't be saved, for as long as it takes. */
export function useRetries(client: QueryClient, unsaved: UnsavedMoment[]): void {
  const hasFailed = unsaved.some(({ problem, refused }) => problem !== null && !refused);
  useEffect(() => {
    if (!hasFailed) return;
    const retry = () => {
      for (const { key, refused } of unsavedMoments.all()) if (!refused) void save(client, key);
    };
    const timer = setInterval(retry, RETRY_MS);
    window.addEventListener("online", retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", retry);
    };
  }, [client, hasFailed]);
}
