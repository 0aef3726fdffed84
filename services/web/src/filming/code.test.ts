import { expect, test } from "vitest";
import { addressOf, isOnlyHere, validFor } from "~/filming/code";
import { secretIn } from "~/filming/join/secret";
import { wayFor } from "~/filming/preference";

test.each([
  ["http://localhost:8000/join#pdj_x", true],
  ["http://127.0.0.1:8000/join#pdj_x", true],
  ["http://[::1]:8000/join#pdj_x", true],
  ["http://192.168.1.20:8000/join#pdj_x", false],
  ["https://pennydrop.elm.sch.uk/join#pdj_x", false],
])("whether a phone could open %s", (url, only) => {
  expect(isOnlyHere(url)).toBe(only);
});

test("an address to type leaves out what browsers add, but keeps a plain http", () => {
  expect(addressOf("https://pennydrop.school/join#pdj_x")).toBe("pennydrop.school/join#pdj_x");
  expect(addressOf("http://192.168.1.20:8000/join#pdj_x")).toBe("http://192.168.1.20:8000/join#pdj_x");
});

test("how long a code is good for is said without seconds", () => {
  const now = Date.parse("2026-03-10T10:00:00Z");
  expect(validFor("2026-03-10T10:12:40Z", now)).toContain("about 13 min");
  expect(validFor("2026-03-10T10:00:20Z", now)).toContain("less than a minute");
});

test("only what looks like a code is taken for one", () => {
  expect(secretIn(`#pdj_${"a".repeat(43)}`)).toBe(`pdj_${"a".repeat(43)}`);
  expect(secretIn("#content")).toBeUndefined();
  expect(secretIn("#pdj_short")).toBeUndefined();
  expect(secretIn("")).toBeUndefined();
});

test("a lesson is for the phone's own camera, a rehearsal for the page, unless somebody likes it otherwise", () => {
  expect(wayFor("lesson", null)).toBe("app");
  expect(wayFor("rehearsal", null)).toBe("page");
  expect(wayFor("model", null)).toBe("page");
  expect(wayFor("lesson", "page")).toBe("page");
  expect(wayFor("rehearsal", "app")).toBe("app");
});
