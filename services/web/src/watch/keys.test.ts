import { expect, test } from "vitest";
import { commandFor } from "~/watch/keys";

const press = (
  key: string,
  held: Partial<Record<"shiftKey" | "ctrlKey" | "altKey" | "metaKey", boolean>> = {},
) => commandFor({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...held });

test("the keys of an editing desk do what they do there", () => {
  expect(press(" ")).toBe("toggle");
  expect([press("j"), press("k"), press("l")]).toEqual(["back", "pause", "faster"]);
  expect([press("i"), press("o")]).toEqual(["in", "out"]);
});

test("arrows step by a frame, and with shift by a second", () => {
  expect(press("ArrowRight")).toBe("frameOn");
  expect(press("ArrowRight", { shiftKey: true })).toBe("secondOn");
});

test("caps lock doesn't matter", () => {
  expect(press("M")).toBe("moment");
});

test("what belongs to the browser stays with it", () => {
  expect(press("l", { ctrlKey: true })).toBeUndefined();
  expect(press("c", { metaKey: true })).toBeUndefined();
  expect(press("ArrowLeft", { altKey: true })).toBeUndefined();
});

test("brackets typed with AltGr nudge too", () => {
  expect(press("[", { altKey: true })).toBe("nudgeBack");
  expect(press("?", { shiftKey: true })).toBe("help");
});
