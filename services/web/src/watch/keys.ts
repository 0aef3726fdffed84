export type Command =
  | "toggle"
  | "faster"
  | "pause"
  | "back"
  | "frameBack"
  | "frameOn"
  | "secondBack"
  | "secondOn"
  | "in"
  | "out"
  | "moment"
  | "clip"
  | "nudgeBack"
  | "nudgeOn"
  | "say"
  | "note"
  | "help"
  | "close";

export interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const PLAIN: Record<string, Command> = {
  " ": "toggle",
  j: "back",
  k: "pause",
  l: "faster",
  ArrowLeft: "frameBack",
  ArrowRight: "frameOn",
  i: "in",
  o: "out",
  m: "moment",
  c: "clip",
  n: "note",
  "[": "nudgeBack",
  "]": "nudgeOn",
  Enter: "say",
  "?": "help",
  Escape: "close",
};

/** What a key means on the watch page; nothing for keys that belong to the browser. */
export function commandFor(event: Key): Command | undefined {
  if (event.ctrlKey || event.metaKey) return undefined;
  // Some keyboards make [ and ] with AltGr, which is told as Alt: those two keep their meaning.
  if (event.altKey && event.key !== "[" && event.key !== "]") return undefined;
  if (event.shiftKey && event.key === "ArrowLeft") return "secondBack";
  if (event.shiftKey && event.key === "ArrowRight") return "secondOn";
  return PLAIN[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

/** All keys, for the page that `?` shows. */
export const KEY_HELP: { keys: string[]; does: string }[] = [
  { keys: ["Space"], does: "Play or pause" },
  { keys: ["J", "K", "L"], does: "Back 5 seconds, pause, play – again for faster" },
  { keys: ["←", "→"], does: "One frame back or on" },
  { keys: ["Shift ←", "Shift →"], does: "One second back or on" },
  { keys: ["M"], does: "Mark a moment: the ten seconds before" },
  { keys: ["Enter"], does: "Say more about it" },
  { keys: ["N"], does: "Write a note here, while the film goes on" },
  { keys: ["I", "O"], does: "In and out: where a clip starts and ends" },
  { keys: ["C"], does: "Make a clip around here" },
  { keys: ["[", "]"], does: "Nudge the clip’s edge by a frame" },
  { keys: ["Page ↑", "Page ↓"], does: "Ten seconds, when the timeline has focus" },
  { keys: ["Esc"], does: "Close what is open" },
  { keys: ["?"], does: "Show these keys" },
];
