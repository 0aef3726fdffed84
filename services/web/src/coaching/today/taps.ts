import type { Knot, PersonRef, Today } from "~/api/types";
import { at } from "~/shared/time";
import { firstName } from "~/shared/words";

/** One of the three things to watch; without a knot, the words for what isn’t there yet. */
export interface Tap {
  place: "moment" | "model" | "take";
  label: string;
  knot: Knot | null;
  missing: string;
}

/** The moment, the model, my best take. What has never been there says what will be. */
export function tapsOf({ watch }: Pick<Today, "watch">, coach: PersonRef | undefined): Tap[] {
  const who = coach ? firstName(coach.name) : "Your coach";
  const best = watch.best_take?.take?.is_best ?? false;
  return [
    { place: "moment", label: "The moment", knot: watch.moment, missing: "The clip that shows why" },
    { place: "model", label: "The model", knot: watch.model, missing: `${who} shows you how` },
    {
      place: "take",
      label: watch.best_take && !best ? "My latest take" : "My best take",
      knot: watch.best_take,
      missing: "Your first go",
    },
  ];
}

/** Where a film plays, at its second, by one press. */
export function linkTo(knot: Knot) {
  if (!knot.video) return { to: "/clips/$id", params: { id: knot.clip ?? "" } } as const;
  const search = { t: at(knot.start_ms), ...(knot.clip ? { clip: knot.clip } : { play: true as const }) };
  return { to: "/videos/$id", params: { id: knot.video }, search } as const;
}
