import type { PersonRef } from "~/api/types";
import { firstName, list } from "~/shared/words";

/** Who can see something, in one line: “Only you and Aisha”. */
export function audienceLine(others: PersonRef[]): string {
  if (others.length === 0) return "Only you can see this";
  return `Only you and ${list(others.map(({ name }) => firstName(name)))} can see this`;
}
