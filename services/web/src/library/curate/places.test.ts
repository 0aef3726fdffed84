import { expect, test } from "vitest";
import { knownFirst, type Placed } from "~/library/curate/places";

test("what is to be known moves before what is to be done, and nothing else changes place", () => {
  const place = (id: string, kind: Placed["kind"]) => ({ id, wording: id, kind });
  const order = knownFirst([place("a", "action"), place("b", "knowledge"), place("c", "action")]);
  expect(order.map(({ id }) => id)).toEqual(["b", "a", "c"]);
});
