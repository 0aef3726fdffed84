import type { Me, Proposal } from "~/api/types";
import { firstName } from "~/shared/words";

type Said = Pick<Proposal, "state" | "coachee" | "replies" | "decided_by">;

/** How a proposal stands, as one of the two reads it. */
export function standing(proposal: Said, me: Pick<Me, "id" | "coached_by">): string {
  const mine = proposal.coachee.id === me.id;
  const coach = firstName(me.coached_by[0]?.person.name ?? "your coach");
  switch (proposal.state) {
    case "open":
      if (proposal.replies.length > 0) return "You two are talking it over";
      return mine ? `${coach} hasn’t answered yet` : "Waits for your answer";
    case "accepted":
      return "Became a step";
    case "declined":
      return "Not now";
    case "withdrawn":
      return mine ? "You took it back" : `${firstName(proposal.coachee.name)} took it back`;
  }
}

/** What still asks for a decision comes first. */
export function openFirst<T extends Pick<Proposal, "state">>(proposals: T[]): [open: T[], closed: T[]] {
  return [
    proposals.filter(({ state }) => state === "open"),
    proposals.filter(({ state }) => state !== "open"),
  ];
}
