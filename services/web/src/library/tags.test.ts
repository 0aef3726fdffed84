import { expect, test } from "vitest";
import { tagName } from "~/library/tags";

test("a tag is said as people say it", () => {
  expect(tagName("key-stage-1")).toBe("Key stage 1");
  expect(tagName("maths")).toBe("Maths");
});
