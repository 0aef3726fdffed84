import type { Knot } from "~/api/types";
import { said } from "~/shared/time";
import { firstName } from "~/shared/words";

/** What can be held side by side: a model, or one of the takes. */
export interface Side {
  id: string;
  knot: Knot;
  /** Whose it is and which: “Sam’s model”, “Your go 3”. */
  name: string;
  /** Which, where there is hardly room: “Model”, “Go 3”. */
  short: string;
  /** Tells it from the others in a list. */
  about: string;
}

export interface Sides {
  models: Side[];
  takes: Side[];
}

/** The name of a film in an address: a clip that plays alone has no film to name. */
export function idOf(knot: Knot): string {
  return knot.video ?? knot.clip ?? "";
}

export function plays({ playback }: Knot): boolean {
  return Boolean(playback.mp4 ?? playback.hls);
}

/** The models and the takes of a step that play, oldest first. */
export function sidesOf(knots: Knot[], meId: string): Sides {
  const there = knots.filter(plays);
  const models = there.filter(({ place }) => place === "model").map((knot) => sideOf(knot, meId));
  const takes = there.filter(({ place }) => place === "take").map((knot) => sideOf(knot, meId));
  return { models, takes };
}

function sideOf(knot: Knot, meId: string): Side {
  const whose = knot.owner.id === meId ? "Your" : `${firstName(knot.owner.name)}’s`;
  const go = knot.take ? `go ${knot.take.number}` : "take";
  const which = knot.place === "model" ? "model" : go;
  const best = knot.take?.is_best ? " · best" : "";
  return {
    id: idOf(knot),
    knot,
    name: `${whose} ${which}`,
    short: which.charAt(0).toUpperCase() + which.slice(1),
    about: `${said(knot.at)}${best}`,
  };
}

/**
 * The two to begin with: the model shown last (the coach’s own comes after the library’s) and the best take,
 * else the latest. Without a model, the first go beside the best or latest one.
 */
export function chosen(
  { models, takes }: Sides,
  modelId: string | undefined,
  takeId: string | undefined,
): { model: Side; take: Side } | null {
  const best = takes.find(({ knot }) => knot.take?.is_best) ?? takes.at(-1);
  const take = takes.find(({ id }) => id === takeId) ?? best;
  if (!take) return null;
  const asked = [...models, ...takes].find(({ id }) => id === modelId && id !== take.id);
  const model = asked ?? models.at(-1) ?? takes.find(({ id }) => id !== take.id);
  return model ? { model, take } : null;
}
