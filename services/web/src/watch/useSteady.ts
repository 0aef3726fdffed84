import { useInsertionEffect, useRef, useState } from "react";

type Actions<T> = { [Name in keyof T]: (...given: never[]) => unknown };

/** The same functions at every drawing, each calling its latest self: what is given them needn't be drawn again. */
export function useSteady<T extends Actions<T>>(actions: T): T {
  const latest = useRef(actions);
  useInsertionEffect(() => {
    latest.current = actions;
  });
  const [steady] = useState(() => {
    const names = Object.keys(actions) as (keyof T)[];
    const call = (name: keyof T) => [name, (...given: never[]) => latest.current[name](...given)] as const;
    return Object.fromEntries(names.map(call)) as T;
  });
  return steady;
}
