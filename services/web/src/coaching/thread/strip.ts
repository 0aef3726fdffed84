import type { Knot } from "~/api/types";

/** One place on the strip: something to watch, or what would come there. */
export interface Bead {
  key: string;
  place: Knot["place"];
  label: string;
  knot?: Knot;
  best: boolean;
}

const PLACES: Knot["place"][] = ["praise", "moment", "model", "take", "lesson"];

/** The story of a step in its order, with a quiet place for each part that isn't there yet. */
export function strip(knots: Knot[], whose: string): Bead[] {
  return PLACES.flatMap((place) => {
    const there = knots.filter((knot) => knot.place === place).map(bead);
    return there.length > 0 ? there : [{ key: place, place, label: MISSING[place](whose), best: false }];
  });
}

function bead(knot: Knot, index: number): Bead {
  const take = knot.take?.number ?? index + 1;
  const label = knot.place === "take" ? `Go ${take}` : LABELS[knot.place];
  const key = `${knot.place}-${knot.clip ?? knot.video}`;
  return { key, place: knot.place, label, knot, best: knot.take?.is_best ?? false };
}

const LABELS: Record<Exclude<Knot["place"], "take">, string> = {
  praise: "What went well",
  moment: "The moment",
  model: "The model",
  lesson: "The next lesson",
};

const MISSING: Record<Knot["place"], (whose: string) => string> = {
  praise: () => "What went well before",
  moment: () => "The moment that shows why",
  model: () => "How it looks done well",
  take: (whose) => `${whose} first go`,
  lesson: (whose) => `${whose} next lesson`,
};
