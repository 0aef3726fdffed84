import { expect, test } from "vitest";
import { commandFor } from "~/compare/keys";

const key = (key: string, more = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test("digits are criteria, and the rest is as on the watch page", () => {
  expect(commandFor(key("2"))).toBe("criterion 2");
  expect(commandFor(key("0"))).toBe("whole");
  expect(commandFor(key(" "))).toBe("toggle");
  expect(commandFor(key("ArrowRight", { shiftKey: true }))).toBe("secondOn");
  expect(commandFor(key("T", { shiftKey: true }))).toBe("markTake");
});

test("keys of the browser stay the browser's", () => {
  expect(commandFor(key("r", { ctrlKey: true }))).toBeUndefined();
  expect(commandFor(key("1", { metaKey: true }))).toBeUndefined();
});
