import { useLayoutEffect } from "react";

/** After Mantine’s own try: it forgets where the focus was when a dialog comes open, as what is fetched late does. */
const AFTER_MS = 20;

/** Gives the keyboard’s focus back to where it was before a dialog opened. */
export function useFocusBack(opened = true): void {
  useLayoutEffect(() => {
    if (!opened) return;
    const before = document.activeElement;
    return () => {
      const atClose = document.activeElement;
      setTimeout(() => {
        const now = document.activeElement;
        const lost = now === null || now === document.body || now === atClose;
        if (lost && before instanceof HTMLElement) before.focus({ preventScroll: true });
      }, AFTER_MS);
    };
  }, [opened]);
}
