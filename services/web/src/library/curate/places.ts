/** A step in a sequence, and whether it is there to be known or to be done. */
export interface Placed {
  id: string;
  wording: string;
  kind: "knowledge" | "action";
}

/** What to know comes before what to do; otherwise the order stays. */
export function knownFirst(places: readonly Placed[]): Placed[] {
  return places.toSorted((a, b) => Number(a.kind === "action") - Number(b.kind === "action"));
}
