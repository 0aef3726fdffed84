import { useEffect } from "react";

/** Keeps the screen on while `awake`: a phone that locks itself ends the film. */
export function useWakeLock(awake: boolean): void {
  useEffect(() => {
    if (!awake || !navigator.wakeLock) return;
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const hold = async () => {
      if (document.visibilityState !== "visible") return;
      // Refused on a low battery, for one; the film goes on all the same.
      const got = await navigator.wakeLock.request("screen").catch(() => undefined);
      if (over) void got?.release();
      else lock = got;
    };
    void hold();
    document.addEventListener("visibilitychange", hold);
    return () => {
      over = true;
      document.removeEventListener("visibilitychange", hold);
      void lock?.release();
    };
  }, [awake]);
}
