/** The second press of a double click comes within this, often before the first one has been drawn. */
const DOUBLE_CLICK_MS = 700;

/**
 * Lets a double click on a form's button send the form once. For the whole page, since nobody ever means two.
 * A form that was changed in between is sent again, however quickly.
 */
export function submitOnce(page: Document): void {
  const sentAt = new WeakMap<EventTarget, number>();
  const forget = ({ target }: Event) => {
    const form = target instanceof Element && target.closest("form");
    if (form) sentAt.delete(form);
  };
  const passOver = (event: SubmitEvent) => {
    if (!event.target) return;
    const before = sentAt.get(event.target);
    sentAt.set(event.target, event.timeStamp);
    if (before === undefined || event.timeStamp - before > DOUBLE_CLICK_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  page.addEventListener("input", forget, { capture: true });
  page.addEventListener("submit", passOver, { capture: true });
}
