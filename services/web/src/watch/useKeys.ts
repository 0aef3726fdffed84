import { useEffect, useEffectEvent } from "react";
import { type Command, commandFor, type Key } from "~/watch/keys";

/** Keys that work the thing that has focus, where somebody moved the focus there by keyboard. */
const PRESSES = new Set([" ", "Enter"]);

/** What goes on while its key is held; anything else a resting finger does once. */
const REPEATING = new Set<Command>([
  "frameBack",
  "frameOn",
  "secondBack",
  "secondOn",
  "back",
  "nudgeBack",
  "nudgeOn",
]);

/** Calls back for every key of the watch page, except while somebody types or works a menu. */
export function useKeys(run: (command: Command) => void): void {
  useKeysOf(commandFor, (command) => REPEATING.has(command), run);
}

/** The same for a page with other keys: which mean something there, and which of them go on while they are held. */
export function useKeysOf<C extends string>(
  meaning: (key: Key) => C | undefined,
  repeats: (command: C) => boolean,
  run: (command: C) => void,
): void {
  const onCommand = useEffectEvent(run);
  const read = useEffectEvent(meaning);
  const goesOn = useEffectEvent(repeats);
  useEffect(() => {
    let byTab = false;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Tab") byTab = true;
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || isBusy(target)) return;
      if (PRESSES.has(event.key) && byTab && target.closest("button, a, [role=menuitem]")) return;
      const command = read(event);
      if (!command) return;
      event.preventDefault();
      if (!event.repeat || goesOn(command)) onCommand(command);
    };
    const onPointer = () => {
      byTab = false;
    };
    window.addEventListener("keydown", onKey);
    window.addEventListener("pointerdown", onPointer);
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("pointerdown", onPointer);
    };
  }, []);
}

function isBusy(target: HTMLElement): boolean {
  return (
    target.closest(
      "input, textarea, select, [contenteditable=true], [role=menu], [role=dialog][aria-modal=true]",
    ) !== null
  );
}
