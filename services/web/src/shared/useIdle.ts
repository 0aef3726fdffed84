import { useEffect, useState } from "react";

/** Where a browser can't say when it is idle (Safari). */
const LIKELY_IDLE_MS = 1500;

/** Turns true when the page has drawn itself and the browser has nothing better to do. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    const done = () => setIdle(true);
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(done, LIKELY_IDLE_MS);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(done, { timeout: 3000 });
    return () => cancelIdleCallback(request);
  }, []);
  return idle;
}
