import type { Example } from "~/exemplars/ExampleLine";

/** Where an example stands on its way, by whose word it waits for; as the page shows them, from the top. */
export const GROUPS = ["Waiting for you", "On the way", "In the library", "Not shown"] as const;
export type Group = (typeof GROUPS)[number];

export function groupOf({
  may,
  state,
  permission,
  shown,
}: Pick<Example, "may" | "state" | "permission" | "shown">): Group {
  if (shown) return "In the library";
  if (may.permit && permission === "asked") return "Waiting for you";
  // A no, or what was taken out again: nobody need hurry, and a lead may still let it in once more.
  if (permission === "declined" || state === "unpublished") return "Not shown";
  return may.publish ? "Waiting for you" : "On the way";
}
