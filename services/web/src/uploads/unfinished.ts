import { useEffect, useState } from "react";
import { shelved } from "~/uploads/shelf";
import { isUnfinished } from "~/uploads/upload";

/** Somebody chose a film in this page: from now on there is something to tell. */
const begun = new EventTarget();

export function tellBegun(): void {
  begun.dispatchEvent(new Event("begun"));
}

/**
 * Whether this person has, or had when the page was opened, films on their way from this device. Only then is the
 * uploader, the heaviest thing that isn't a film, worth fetching.
 */
export function useHasUnfinished(person: string): boolean {
  const [found, setFound] = useState<string>();
  useEffect(() => {
    let here = true;
    const yes = () => setFound(person);
    begun.addEventListener("begun", yes);
    // A private window may have no shelf; then nothing was left on it.
    shelved(person)
      .then((rows) => here && rows.some(({ upload }) => isUnfinished(upload)) && yes())
      .catch(() => undefined);
    return () => {
      here = false;
      begun.removeEventListener("begun", yes);
    };
  }, [person]);
  return found === person;
}
