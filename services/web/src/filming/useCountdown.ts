import { useEffect, useRef, useState } from "react";

const OFF = "pennydrop-no-countdown";
const FROM = 3;

/** Three seconds to get into place, unless somebody has switched that off. */
export function useCountdown(onZero: () => void) {
  const [on, setOn] = useState(() => localStorage.getItem(OFF) === null);
  const [left, setLeft] = useState<number>();
  const zero = useRef(onZero);
  zero.current = onZero;

  useEffect(() => {
    if (left === undefined) return;
    const timer = window.setTimeout(() => {
      if (left > 1) return setLeft(left - 1);
      setLeft(undefined);
      zero.current();
    }, 1_000);
    return () => window.clearTimeout(timer);
  }, [left]);

  return {
    on,
    /** Seconds to go while it counts. */
    left,
    begin: () => (on ? setLeft(FROM) : zero.current()),
    cancel: () => setLeft(undefined),
    toggle: () => {
      if (on) localStorage.setItem(OFF, "yes");
      else localStorage.removeItem(OFF);
      setOn(!on);
    },
  };
}
