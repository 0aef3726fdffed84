import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Saver, type SaverState } from "~/shared/saver";

/** Keeps changes by itself for as long as the page is there, and sends what waits when it goes. */
export function useSaver<Patch extends object>(
  send: (patch: Partial<Patch>) => Promise<unknown>,
): SaverState<Patch> & Pick<Saver<Patch>, "change" | "flush" | "get" | "settled"> {
  const sender = useRef(send);
  useEffect(() => {
    sender.current = send;
  });
  const [saver] = useState(() => {
    const made = new Saver<Patch>((patch) => sender.current(patch));
    return { made, change: made.change.bind(made) as Saver<Patch>["change"] };
  });
  const { made, change } = saver;
  const state = useSyncExternalStore(made.subscribe, made.get);
  useEffect(() => {
    const leaving = () => document.visibilityState === "hidden" && made.flush();
    document.addEventListener("visibilitychange", leaving);
    window.addEventListener("online", made.flush);
    return () => {
      document.removeEventListener("visibilitychange", leaving);
      window.removeEventListener("online", made.flush);
      made.flush();
    };
  }, [made]);
  return { ...state, change, flush: made.flush, get: made.get, settled: made.settled };
}
