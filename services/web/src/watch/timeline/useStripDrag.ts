import type { PointerEvent } from "react";
import { useRef } from "react";
import type { Span } from "~/watch/player/frameTable";
import { msAt } from "~/watch/timeline/scale";

const SLIP_PX = 6;

interface Hooks {
  /** The pointer is over a place; `null` when it has left. */
  hover: (ms: number | null) => void;
  drag: (ms: number) => void;
  /** Pressed and let go at one place. */
  tap: (ms: number, msPerPx: number, pxFromTop: number) => void;
  done?: () => void;
}

/** Pointer, pen and thumb on a strip: hover, drag, tap. Vertical swipes stay with the page. */
export function useStripDrag(window: Span, hooks: Hooks) {
  const pressed = useRef<{ x: number; dragging: boolean } | null>(null);

  function place(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const ms = msAt(event.clientX - box.left, box.width, window);
    return {
      ms,
      msPerPx: (window.endMs - window.startMs) / Math.max(box.width, 1),
      pxFromTop: event.clientY - box.top,
    };
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pressed.current = { x: event.clientX, dragging: false };
      hooks.hover(place(event).ms);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const { ms } = place(event);
      hooks.hover(ms);
      const press = pressed.current;
      if (!press) return;
      press.dragging ||= Math.abs(event.clientX - press.x) > SLIP_PX;
      if (press.dragging) hooks.drag(ms);
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const press = pressed.current;
      pressed.current = null;
      if (press && !press.dragging) {
        const { ms, msPerPx, pxFromTop } = place(event);
        hooks.tap(ms, msPerPx, pxFromTop);
      }
      if (event.pointerType !== "mouse") hooks.hover(null);
      if (press) hooks.done?.();
    },
    onPointerCancel() {
      pressed.current = null;
      hooks.hover(null);
      hooks.done?.();
    },
    onPointerLeave() {
      if (!pressed.current) hooks.hover(null);
    },
  };
}
