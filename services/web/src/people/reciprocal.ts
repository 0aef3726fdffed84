import type { Me, Pairing } from "~/api/types";

/** Whether I coach this person and this person coaches me. */
export function coachEachOther(me: Pick<Me, "coaches" | "coached_by">, person: string): boolean {
  const isThere = (pairs: Me["coaches"]) => pairs.some((pair) => pair.person.id === person);
  return isThere(me.coaches) && isThere(me.coached_by);
}

export interface Couple<P> {
  /** One pairing, or two that go both ways. */
  pairings: P[];
  bothWays: boolean;
}

/** Pairings as a school thinks of them: two that go both ways are one thing. */
export function couples<P extends Pick<Pairing, "coach" | "coachee">>(pairings: P[]): Couple<P>[] {
  const found: Couple<P>[] = [];
  for (const pairing of pairings) {
    const other = found.find(
      ({ pairings: [first], bothWays }) =>
        !bothWays && first?.coach.id === pairing.coachee.id && first.coachee.id === pairing.coach.id,
    );
    if (!other) found.push({ pairings: [pairing], bothWays: false });
    else {
      other.pairings.push(pairing);
      other.bothWays = true;
    }
  }
  return found;
}
