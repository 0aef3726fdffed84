import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { keys } from "~/api/keys";
import type { Moment } from "~/api/types";
import { useMe } from "~/people/session";
import { momentsQuery, removeMoment, replyTo } from "~/watch/moments/api";
import { inTimeOrder } from "~/watch/moments/order";
import { keyOf, save, say, takeBack, useRetries } from "~/watch/moments/save";
import {
  type UnsavedMoment,
  type UnsavedWords,
  unsavedMoments,
  unsavedWords,
  type Words,
} from "~/watch/moments/unsaved";

/** A moment as the page shows it, saved or not. Its key stays the same when it is saved. */
export interface ShownMoment extends Words {
  key: string;
  startMs: number;
  endMs: number | null;
  saved: Moment | null;
  problem: string | null;
  mine: boolean;
}

export interface Moments {
  /** In time order. */
  list: ShownMoment[];
  isLoading: boolean;
  error: Error | null;
  find: (key: string | null) => ShownMoment | undefined;
  /** Marks at once, and saves behind; answers with the moment's key. */
  mark: (span: { startMs: number; endMs: number | null }, words?: Partial<Words>) => string;
  /** Shows it at once, and saves behind, for as long as that takes. */
  change: (key: string, change: Partial<Words>) => void;
  remove: (key: string) => Promise<void>;
  reply: (key: string, text: string) => Promise<void>;
}

const NOTHING_SAID: Words = { kind: "note", text: "", criterion: null };

export function useMoments(videoId: string): Moments {
  const client = useQueryClient();
  const { id: person } = useMe();
  const query = useQuery(momentsQuery(videoId));
  const unsaved = useSyncExternalStore(unsavedMoments.subscribe, unsavedMoments.all);
  const unsaid = useSyncExternalStore(unsavedWords.subscribe, unsavedWords.all);
  useRetries(client, person, unsaved.length + unsaid.length > 0);

  return useMemo(() => {
    const isHere = (one: { videoId: string; person: string }) =>
      one.videoId === videoId && one.person === person;
    const waiting = unsaved.filter((moment) => isHere(moment) && !moment.removed);
    const words = new Map(unsaid.filter(isHere).map((one) => [one.key, one]));
    const saved = (query.data ?? []).map((moment) => shown(moment, words.get(moment.id)));
    const list = inTimeOrder([...saved, ...waiting.map(shownUnsaved)]);
    const find = (key: string | null) => list.find((moment) => moment.key === key);

    const put = (id: string, change: (moment: Moment) => Moment | null) =>
      client.setQueryData<Moment[]>(keys.moments(videoId), (moments = []) =>
        moments.flatMap((moment) => (moment.id === id ? (change(moment) ?? []) : moment)),
      );
    /** When the server says no to what is shown already, shows again what the server has. */
    const orAskAgain = async <T>(answer: Promise<T>): Promise<T> => {
      try {
        return await answer;
      } catch (error) {
        void client.invalidateQueries({ queryKey: keys.moments(videoId) });
        throw error;
      }
    };

    return {
      list,
      isLoading: query.isPending,
      error: query.error,
      find,
      mark({ startMs, endMs }, said) {
        const key = newKey();
        const whole = { startMs: Math.round(startMs), endMs: endMs === null ? null : Math.round(endMs) };
        const unsent = { problem: null, refused: false, removed: false, sentAs: null };
        unsavedMoments.add({ key, person, videoId, ...whole, ...NOTHING_SAID, ...said, ...unsent });
        void save(client, key);
        return key;
      },
      change(key, change) {
        const id = find(key)?.saved?.id;
        if (id) void say(client, { id, person, videoId }, change);
        else unsavedMoments.change(key, change);
      },
      async remove(key) {
        const id = find(key)?.saved?.id;
        if (!id) return takeBack(client, key);
        put(id, () => null);
        await orAskAgain(removeMoment(id));
      },
      async reply(key, text) {
        const id = find(key)?.saved?.id;
        if (!id) return;
        const saved = await replyTo(id, text);
        put(id, () => saved);
      },
    };
  }, [client, person, query.data, query.error, query.isPending, unsaid, unsaved, videoId]);
}

/** `crypto.randomUUID` is there only behind https; a school's first try may be on plain http. */
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

function shown(moment: Moment, unsaid: UnsavedWords | undefined): ShownMoment {
  return {
    key: keyOf(moment),
    startMs: moment.start_ms,
    endMs: moment.end_ms,
    kind: moment.kind,
    text: moment.text,
    criterion: moment.criterion,
    saved: moment,
    problem: unsaid?.problem ?? null,
    mine: moment.mine,
    ...unsaid?.words,
  };
}

function shownUnsaved({ key, startMs, endMs, kind, text, criterion, problem }: UnsavedMoment): ShownMoment {
  return { key, startMs, endMs, kind, text, criterion, problem, saved: null, mine: true };
}
