import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keptList } from "~/watch/moments/keep";

const shelf = new Map<string, string>();

beforeEach(() => {
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => shelf.get(name) ?? null,
    setItem: (name: string, value: string) => shelf.set(name, value),
    removeItem: (name: string) => shelf.delete(name),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  shelf.clear();
});

test("what was put into a list is there after a reload", () => {
  keptList<{ key: string; text: string }>("notes").add({ key: "a", text: "Look" });
  const again = keptList<{ key: string; text: string }>("notes");
  again.change("a", { text: "Look here" });
  expect(again.all()).toEqual([{ key: "a", text: "Look here" }]);
});

test("a list that is empty again leaves nothing behind", () => {
  const list = keptList("notes");
  list.add({ key: "a" });
  list.remove("a");
  expect(shelf.size).toBe(0);
});

test("without a place to keep things the list works for as long as the page is open", () => {
  vi.stubGlobal("localStorage", undefined);
  const list = keptList("notes");
  list.add({ key: "a" });
  expect(list.find("a")).toEqual({ key: "a" });
});

test("what somebody else wrote there is passed over", () => {
  shelf.set("notes", "{not json");
  expect(keptList("notes").all()).toEqual([]);
});
