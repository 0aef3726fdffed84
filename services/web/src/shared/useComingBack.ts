import { useEffect, useEffectEvent } from "react";
import { mayPass } from "~/api/problem";

/** Not the same for everybody, so that a server that was away isn’t asked by all in the same second. */
const LOOK_EVERY_MS = 8_000 + 4_000 * Math.random();

/**
 * Calls `again` when the server answers again, where it was away or had too much to do: nobody needs to press a
 * button for that. It is asked in silence, so that what the page says meanwhile stands still.
 */
export function useComingBack(error: unknown, again: () => void): void {
  const isBack = useEffectEvent(again);
  const passes = mayPass(error);
  useEffect(() => {
    if (!passes) return;
    let gone = false;
    const look = async () => {
      if (document.hidden) return;
      const answers = await fetch("/readyz/api", { cache: "no-store" }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers && !gone) isBack();
    };
    const timer = window.setInterval(look, LOOK_EVERY_MS);
    window.addEventListener("online", look);
    return () => {
      gone = true;
      window.clearInterval(timer);
      window.removeEventListener("online", look);
    };
  }, [passes]);
}
