import { type RefObject, useEffect, useRef } from "react";

/** Somebody who has just moved the page by hand is reading. */
const READING_MS = 5000;

interface Following {
  /** It must be seen, whatever the pointer is doing. */
  urgent?: boolean;
  /** The page was opened by a link to this place: it is what somebody came for. */
  linked?: boolean;
}

/** Keeps the lit card of a list in view, unless somebody is busy there. */
export function useFollow(
  ref: RefObject<HTMLElement | null>,
  litKey: string | null,
  { urgent = false, linked = false }: Following,
): void {
  const movedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const moved = () => {
      movedAt.current = performance.now();
    };
    window.addEventListener("touchmove", moved, { passive: true });
    window.addEventListener("wheel", moved, { passive: true });
    return () => {
      window.removeEventListener("touchmove", moved);
      window.removeEventListener("wheel", moved);
    };
  }, []);

  useEffect(() => {
    const list = ref.current;
    const card = list?.querySelector(`[data-key="${litKey}"]`);
    if (!list || !card) return;
    const scroller = list.closest("[data-scrolls]");
    const isReading = performance.now() - movedAt.current < READING_MS;
    // On a phone the page itself scrolls; at its top somebody looks at the film, not at the list.
    const isBusy = scroller
      ? list.matches(":hover, :focus-within")
      : isReading || !(linked || window.scrollY > 0);
    if (isBusy && !urgent) return;
    const room = scroller ? scroller.getBoundingClientRect() : betweenFilmAndThumb(card);
    const { top, bottom } = card.getBoundingClientRect();
    if (top >= room.top && bottom <= room.bottom) return;
    const above = urgent || !scroller ? 8 : (room.bottom - room.top) / 4;
    const by = top - room.top - above;
    const isFar = Math.abs(by) > 2 * window.innerHeight;
    const isCalm = isFar || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    (scroller ?? window).scrollBy({ top: by, behavior: isCalm ? "auto" : "smooth" });
  }, [ref, litKey, urgent, linked]);
}

/** What a phone shows of the list: below the film, where it stands above and not beside it, down to the thumb's button. */
function betweenFilmAndThumb(card: Element): { top: number; bottom: number } {
  const film = document.querySelector("[data-stage]")?.getBoundingClientRect();
  const thumb = document.querySelector("[data-thumb]")?.getBoundingClientRect();
  const isBeside = film && film.right <= card.getBoundingClientRect().left;
  return { top: film && !isBeside ? film.bottom : 0, bottom: thumb?.top ?? window.innerHeight };
}
