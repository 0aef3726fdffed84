import { expect, test } from "vitest";
import { audienceLine } from "~/watch/clips/audience";

const people = [
  { id: "1", name: "Aisha Khan" },
  { id: "2", name: "Sam Okafor" },
];

test("says who can see something, by first names", () => {
  expect(audienceLine([])).toBe("Only you can see this");
  expect(audienceLine(people.slice(0, 1))).toBe("Only you and Aisha can see this");
  expect(audienceLine(people)).toBe("Only you, Aisha and Sam can see this");
});

test("never says “only” of what is shown as an example", () => {
  expect(audienceLine(people, "organisation")).toBe("Everybody in your trust can see this, as a model");
  expect(audienceLine(people.slice(0, 1), "leads")).toBe(
    "Only you, Aisha and those who lead coaching can see this",
  );
});
