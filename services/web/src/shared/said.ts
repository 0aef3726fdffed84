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

/** Something that this page shows and couldn’t get, of which nothing on it says so: the first one’s error. */
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
    const failed = cache.findAll({
      type: "active",
      predicate: ({ state }) =>
        state.status === "error" &&
        state.data === undefined &&
        mayPass(state.error) &&
        !said.includes(state.error),
    });
    return failed[0]?.state.error;
  });
}
