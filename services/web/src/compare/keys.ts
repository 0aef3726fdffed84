import type { Key } from "~/watch/keys";

export type Command =
  | "toggle"
  | "back"
  | "pause"
  | "on"
  | "frameBack"
  | "frameOn"
  | "secondBack"
  | "secondOn"
  | "slower"
  | "faster"
  | "loop"
  | "sound"
  | "again"
  | "markModel"
  | "markTake"
  | "lineUp"
  | "whole"
  | "help"
  | "close"
  | `criterion ${number}`;

const PLAIN: Record<string, Command> = {
  " ": "toggle",
  j: "back",
  k: "pause",
  l: "on",
  ArrowLeft: "frameBack",
  ArrowRight: "frameOn",
  ",": "slower",
  ".": "faster",
  r: "loop",
  s: "sound",
  Enter: "again",
  m: "markModel",
  t: "markTake",
  a: "lineUp",
  "0": "whole",
  "?": "help",
  Escape: "close",
};

/** What goes on while its key is held. */
const HELD = new Set<Command>(["frameBack", "frameOn", "secondBack", "secondOn", "back"]);

export const repeats = (command: Command): boolean => HELD.has(command);

/** What a key means beside two films; nothing for keys that belong to the browser. */
export function commandFor(event: Key): Command | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.shiftKey && event.key === "ArrowLeft") return "secondBack";
  if (event.shiftKey && event.key === "ArrowRight") return "secondOn";
  if (/^[1-9]$/.test(event.key)) return `criterion ${Number(event.key)}`;
  return PLAIN[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}

export const KEY_HELP: { keys: string[]; does: string }[] = [
  { keys: ["Space"], does: "Play or pause both" },
  { keys: ["1", "–", "9"], does: "Show a criterion in both" },
  { keys: ["0"], does: "Both from their beginning" },
  { keys: ["J", "K", "L"], does: "Back 5 seconds, pause, play" },
  { keys: ["←", "→"], does: "One frame back or on" },
  { keys: ["Shift ←", "Shift →"], does: "One second back or on" },
  { keys: ["Enter"], does: "Again from the top" },
  { keys: [",", "."], does: "Slower, faster" },
  { keys: ["R"], does: "Over and over, or once" },
  { keys: ["S"], does: "Sound of the model, of the take, of neither" },
  { keys: ["M", "T"], does: "The criterion is here, in the model or in the take" },
  { keys: ["A"], does: "Line the two up by hand" },
  { keys: ["?"], does: "Show these keys" },
];
