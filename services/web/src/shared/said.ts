import { notifyManager, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { mayPass } from "~/api/problem";

/** What went wrong and is said on the page. */
const said: unknown[] = [];
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Marks that a component says of this error what happened. */
export function useSaid(error: unknown): void {
  useEffect(() => {
    said.push(error);
    tell();
    return () => {
      said.splice(said.indexOf(error), 1);
      tell();
    };
  }, [error]);
}

/**
 * Something that this page shows and couldn’t get, while nothing on it says that anything is missing: the first
 * one’s error. Where one trouble is said already, trying again there fetches the others too.
 */
export function useUnsaid(): unknown {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback(
    (listener: () => void) => {
      const leave = cache.subscribe(notifyManager.batchCalls(listener));
      listeners.add(listener);
      return () => {
        leave();
        listeners.delete(listener);
      };
    },
    [cache],
  );
  return useSyncExternalStore(subscribe, () => {
    if (said.some(mayPass)) return undefined;
    const failed = cache.findAll({
      type: "active",
      predicate: ({ state }) => state.status === "error" && state.data === undefined && mayPass(state.error),
    });
    return failed[0]?.state.error;
  });
}
