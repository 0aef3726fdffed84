import type { QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { keys } from "~/api/keys";
import { isNotFound, Problem, sentence } from "~/api/problem";
import type { Moment } from "~/api/types";
import { changeMoment, momentsQuery, removeMoment, saveMoment } from "~/watch/moments/api";
import { twinOf } from "~/watch/moments/twin";
import { type UnsavedMoment, unsavedMoments, unsavedWords, type Words } from "~/watch/moments/unsaved";

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
  const { person, videoId } = sent;
  try {
    const saved = await send(client, sent);
    if (!saved) return unsavedMoments.remove(key);
    firstKeys.set(saved.id, key);
    const now = unsavedMoments.find(key) ?? sent;
    const words: Words = { kind: now.kind, text: now.text, criterion: now.criterion };
    if (!now.removed) {
      client.setQueryData<Moment[]>(keys.moments(videoId), (moments = []) => [
        ...moments.filter(({ id }) => id !== saved.id),
        { ...saved, ...words },
      ]);
    }
    unsavedMoments.remove(key);
    if (now.removed) await removeMoment(saved.id);
    else if (words.kind !== saved.kind || words.text !== saved.text || words.criterion !== saved.criterion) {
      void say(client, { id: saved.id, person, videoId }, words);
    }
  } catch (error) {
    unsavedMoments.change(key, { problem: reason(error), ...verdict(error) });
  } finally {
    underWay.delete(key);
  }
}

/** Sends a moment once, even when an earlier answer got lost. Undefined: it was taken back before it got there. */
async function send(client: QueryClient, unsaved: UnsavedMoment): Promise<Moment | undefined> {
  const { key, videoId, startMs, endMs, kind, text, criterion } = unsaved;
  if (unsaved.sentAs) {
    const there = await client.fetchQuery({ ...momentsQuery(videoId), staleTime: 0 });
    const twin = twinOf(
      { startMs, endMs, ...unsaved.sentAs },
      there.filter(({ id }) => !firstKeys.has(id)),
    );
    if (twin || unsaved.removed) return twin;
  }
  unsavedMoments.change(key, { sentAs: { kind, text, criterion } });
  return saveMoment(videoId, { start_ms: startMs, end_ms: endMs, kind, text, criterion });
}

/** Keeps words about a saved moment until the server has them; of many in a row the latest win. */
export async function say(
  client: QueryClient,
  { id, person, videoId }: { id: string; person: string; videoId: string },
  words: Partial<Words>,
): Promise<void> {
  const earlier = unsavedWords.find(id);
  if (earlier) unsavedWords.change(id, { words: { ...earlier.words, ...words }, refused: false });
  else unsavedWords.add({ key: id, person, videoId, words, problem: null, refused: false });
  await bring(client, id);
}

/** Brings the words about a moment to the server. */
async function bring(client: QueryClient, id: string): Promise<void> {
  const sent = unsavedWords.find(id);
  if (!sent || underWay.has(id)) return;
  underWay.add(id);
  try {
    const saved = await changeMoment(id, sent.words);
    client.setQueryData<Moment[]>(keys.moments(sent.videoId), (moments = []) =>
      moments.map((moment) => (moment.id === id ? saved : moment)),
    );
    if (unsavedWords.find(id)?.words === sent.words) unsavedWords.remove(id);
  } catch (error) {
    if (isNotFound(error)) {
      unsavedWords.remove(id);
      void client.invalidateQueries({ queryKey: keys.moments(sent.videoId) });
    } else unsavedWords.change(id, { problem: reason(error), refused: isRefused(error) });
    return;
  } finally {
    underWay.delete(id);
  }
  // Something more was said while this was on its way.
  await bring(client, id);
}

/** Takes a moment back that the server doesn't have yet, or is just getting. */
export function takeBack(client: QueryClient, key: string): void {
  if (underWay.has(key) || unsavedMoments.find(key)?.sentAs) {
    unsavedMoments.change(key, { removed: true });
    void save(client, key);
  } else unsavedMoments.remove(key);
}

/** Brings what an earlier page left, and tries again what couldn't be saved, for as long as it takes. */
export function useRetries(client: QueryClient, person: string, someWait: boolean): void {
  useEffect(() => {
    if (!someWait) return;
    const retry = () => {
      const isWaiting = (entry: { person: string; refused: boolean }) =>
        entry.person === person && !entry.refused;
      for (const { key } of unsavedMoments.all().filter(isWaiting)) void save(client, key);
      for (const { key } of unsavedWords.all().filter(isWaiting)) void bring(client, key);
    };
    retry();
    const timer = setInterval(retry, RETRY_MS);
    window.addEventListener("online", retry);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", retry);
    };
  }, [client, person, someWait]);
}

function reason(error: unknown): string {
  if (error instanceof Problem) return sentence(error);
  return "It goes by itself as soon as the connection is back.";
}

function isRefused(error: unknown): boolean {
  return error instanceof Problem && error.status < 500 && error.status !== 401;
}

/** An answer, even a bad one, says that the server doesn't have it; silence says nothing. */
function verdict(error: unknown): Pick<UnsavedMoment, "refused" | "sentAs"> | object {
  return error instanceof Problem ? { refused: isRefused(error), sentAs: null } : {};
}
