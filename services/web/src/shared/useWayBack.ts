import { type RefObject, useCallback, useRef } from "react";

/**
 * The button that a menu hangs on, and a way for the keyboard's focus to come back to it when a dialog closes
 * that was opened from the menu: the entry that opened it is gone by then.
 */
export function useWayBack(): { button: RefObject<HTMLButtonElement | null>; goBack: () => void } {
  const button = useRef<HTMLButtonElement>(null);
  // After the dialog's own idea of where the focus belongs.
  const goBack = useCallback(() => void window.setTimeout(() => button.current?.focus(), 50), []);
  return { button, goBack };
}
