import { useState } from "react";
import { useMe } from "~/people/session";

/** Something half-written, which a reload of the page doesn't lose. It stays in this tab, with this person. */
export function useHalfWritten<T>(what: string): [T | null, (value: T | null) => void] {
  const name = `pennydrop.half.${useMe().id}.${what}`;
  const [value, setValue] = useState(() => read<T>(name));
  const change = (next: T | null) => {
    setValue(next);
    try {
      if (next === null) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify(next));
    } catch {
      // A private window may forbid it: then it lives as long as the page.
    }
  };
  return [value, change];
}

function read<T>(name: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null") as T | null;
  } catch {
    return null;
  }
}
