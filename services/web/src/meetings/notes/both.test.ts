import { expect, test } from "vitest";
import { bothOf } from "~/meetings/notes/both";

test("the other’s words come first, one’s own beneath, and nothing stands for nothing", () => {
  expect(bothOf("With Leo.", "Until Friday.")).toBe("With Leo.\nUntil Friday.");
  expect(bothOf("", "Until Friday.")).toBe("Until Friday.");
  expect(bothOf("With Leo.", " ")).toBe("With Leo.");
});
