import type { Wishes } from "~/uploads/upload";

/** How one films on a phone: with the camera in the page, or with the phone's own camera app. */
export type Way = "page" | "app";

const KEY = "pennydrop-film-with";

/**
 * The way that comes first. Forty-five minutes are the phone's own camera's business: it films with the screen off, in
 * full quality, and no message interrupts it. A rehearsal is short, and waited for.
 */
export function wayFor(purpose: Wishes["purpose"], remembered: string | null): Way {
  if (remembered === "page" || remembered === "app") return remembered;
  return purpose === "lesson" || purpose === "meeting" ? "app" : "page";
}

export function rememberedWay(purpose: Wishes["purpose"]): Way {
  return wayFor(purpose, localStorage.getItem(`${KEY}-${purpose}`));
}

export function rememberWay(purpose: Wishes["purpose"], way: Way): void {
  localStorage.setItem(`${KEY}-${purpose}`, way);
}
