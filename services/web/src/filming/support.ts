/** Why a film can’t be made in the page. */
export type Trouble =
  | "insecure" // the address isn’t https: browsers then keep the camera to themselves
  | "unable" // a browser without a recorder
  | "refused"
  | "missing"
  | "busy";

/** What stands in the way before anybody was asked; undefined where it is worth asking. */
export function troubleAhead(): Trouble | undefined {
  if (!window.isSecureContext) return "insecure";
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") return "unable";
  return undefined;
}

export function canFilmHere(): boolean {
  return troubleAhead() === undefined;
}

/** Whether this is a device to hold: its camera looks away from the screen, and locking it ends the film. */
export function isHandheld(): boolean {
  return window.matchMedia("(hover: none) and (pointer: coarse)").matches;
}

/** What `getUserMedia` threw, in our words. */
export function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  return "busy";
}

export const TROUBLE_WORDS: Record<Trouble, { title: string; detail: string }> = {
  insecure: {
    title: "The camera can’t open in this page",
    detail:
      "Browsers open it only at addresses that begin with https. Film with your phone’s own camera instead; the film comes here all the same.",
  },
  unable: {
    title: "This browser can’t film",
    detail: "Film with your device’s own camera instead, or update the browser.",
  },
  refused: {
    title: "The camera isn’t allowed here yet",
    detail:
      "Tap the sign at the left of the address, allow the camera and the microphone, then try again. Or use your device’s own camera.",
  },
  missing: {
    title: "There is no camera on this device",
    detail: "Plug one in and try again, or choose a video that was filmed before.",
  },
  busy: {
    title: "Something else is using the camera",
    detail: "Close other apps or pages that film or call, then try again. Or use your device’s own camera.",
  },
};
