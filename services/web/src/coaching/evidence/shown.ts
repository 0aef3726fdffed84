import type { ActionStep, Clip, Evidence } from "~/api/types";

/** What shows how one criterion is going (null: the step as a whole): what was added, then clips tied to it. */
export function shownFor(
  { evidence, clips }: Pick<ActionStep, "evidence" | "clips">,
  criterion: string | null,
): { added: Evidence[]; tied: Clip[] } {
  const added = evidence.filter((one) => one.criterion === criterion);
  const there = new Set(evidence.map(({ clip }) => clip));
  const tied = clips.filter((clip) => clip.criterion === criterion && !there.has(clip.id));
  return { added, tied };
}
