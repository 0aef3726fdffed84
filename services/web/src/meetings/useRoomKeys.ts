import { useEffect, useEffectEvent } from "react";

/** Keys for people who sit in front of a laptop and talk: one press each, never while somebody types. */
export function useRoomKeys(keys: Record<string, () => void>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run || !(event.target instanceof Element) || isTyping(event.target)) return;
    // Space works whatever has the keyboard's focus.
    if (event.key === " " && event.target.closest("button, a, [role=menuitem]")) return;
    event.preventDefault();
    run();
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function isTyping(target: Element): boolean {
  return (
    target.closest("input, textarea, select, [contenteditable=true], [role=menu], [aria-modal=true]") !== null
  );
}
