import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { keys } from "~/api/keys";
import type { Moment } from "~/api/types";
import { changeMoment, momentsQuery, removeMoment, replyTo } from "~/watch/moments/api";
import { inTimeOrder } from "~/watch/moments/order";
import { keyOf, save, takeBack, useRetries } from "~/watch/moments/save";
import { type UnsavedMoment, unsavedMoments, type Words } from "~/watch/moments/unsaved";

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
  change: (key: string, change: Partial<Words>) => Promise<void>;
  remove: (key: string) => Promise<void>;
  reply: (key: string, text: string) => Promise<void>;
}

const NOTHING_SAID: Words = { kind: "note", text: "", criterion: null };

export function useMoments(videoId: string): Moments {
  const client = useQueryClient();
  const query = useQuery(momentsQuery(videoId));
  const unsaved = useSyncExternalStore(unsavedMoments.subscribe, unsavedMoments.all);
  useRetries(client, unsaved);

  return useMemo(() => {
    const waiting = unsaved.filter((moment) => moment.videoId === videoId && !moment.removed);
    const list = inTimeOrder([...(query.data ?? []).map(shown), ...waiting.map(shownUnsaved)]);
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
      mark({ startMs, endMs }, words) {
        const key = crypto.randomUUID();
        const whole = { startMs: Math.round(startMs), endMs: endMs === null ? null : Math.round(endMs) };
        const unsent = { problem: null, refused: false, removed: false };
        unsavedMoments.add({ key, videoId, ...whole, ...NOTHING_SAID, ...words, ...unsent });
        void save(client, key);
        return key;
      },
      async change(key, change) {
        const id = find(key)?.saved?.id;
        if (!id) return unsavedMoments.change(key, change);
        put(id, (moment) => ({ ...moment, ...change }));
        const saved = await orAskAgain(changeMoment(id, change));
        put(id, () => saved);
      },
      async remove(key) {
        const id = find(key)?.saved?.id;
        if (!id) return takeBack(key);
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
  }, [client, query.data, query.error, query.isPending, unsaved, videoId]);
}

function shown(moment: Moment): ShownMoment {
  return {
    key: keyOf(moment),
    startMs: moment.start_ms,
    endMs: moment.end_ms,
    kind: moment.kind,
    text: moment.text,
    criterion: moment.criterion,
    saved: moment,
    problem: null,
    mine: moment.mine,
  };
}

function shownUnsaved({ key, startMs, endMs, kind, text, criterion, problem }: UnsavedMoment): ShownMoment {
  return { key, startMs, endMs, kind, text, criterion, problem, saved: null, mine: true };
}
