import { expect, test } from "vitest";
import { count, firstName, initials, list, nameAmong } from "~/shared/words";

test("a person is known by the first letters of first and last name", () => {
  expect(initials("Aisha Rahman")).toBe("AR");
  expect(initials("Sam")).toBe("S");
});

test("one is spoken of differently from many", () => {
  expect(count(1, "video")).toBe("1 video");
  expect(count(3, "video")).toBe("3 videos");
});

test("people are listed as they are spoken", () => {
  expect(list(["Sam", "Maya", "Joe"])).toBe("Sam, Maya and Joe");
});

test("people speak to each other by first name", () => {
  expect(firstName("Sam Okafor")).toBe("Sam");
});

test("who shares a first name is told apart by the whole one", () => {
  const names = ["Sam Okafor", "Sam Reed", "Maya Lind"];
  expect(names.map((name) => nameAmong(name, names))).toEqual(["Sam Okafor", "Sam Reed", "Maya"]);
});
