import type { ExemplarRef, PersonRef } from "~/api/types";
import { firstName } from "~/shared/words";

type Answers = Pick<ExemplarRef, "state" | "permission" | "shown">;

/** How far an example has come, for who is in it and for others. */
export function stateWords({ state, permission, shown }: Answers, owner: PersonRef, meId: string): string {
  const mine = owner.id === meId;
  const who = firstName(owner.name);
  if (shown) return mine ? "You said yes, and it is shown." : `${who} said yes, and it is shown.`;
  if (permission === "asked") return mine ? "Waiting for your answer." : `Waiting for ${who}’s answer.`;
  if (permission === "declined") return mine ? "You said no." : `${who} would rather not, and that’s fine.`;
  if (state === "unpublished") return "It was shown, and taken back.";
  return mine
    ? "You said yes. Now those who lead coaching decide."
    : `${who} said yes. Now those who lead coaching decide.`;
}
