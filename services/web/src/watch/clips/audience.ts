import type { PersonRef, ShownTo } from "~/api/types";
import { firstName, list } from "~/shared/words";

const AS_EXAMPLE: Partial<Record<ShownTo, string>> = {
  organisation: "Everybody in your trust can see this, as a model",
  school: "Everybody in your school can see this, as an example",
};

/** Who can see something, in one line: “Only you and Aisha”. */
export function audienceLine(others: PersonRef[], shownTo: ShownTo = "nobody"): string {
  const wide = AS_EXAMPLE[shownTo];
  if (wide) return wide;
  const names = others.map(({ name }) => firstName(name));
  if (shownTo === "leads") names.push("those who lead coaching");
  if (names.length === 0) return "Only you can see this";
  return `Only ${list(["you", ...names])} can see this`;
}
