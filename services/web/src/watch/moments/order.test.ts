import { expect, test } from "vitest";
import { currentKey, inTimeOrder, reachedKey, tenSecondsBefore } from "~/watch/moments/order";

const moments = inTimeOrder([
  { key: "late", startMs: 60_000, endMs: 70_000 },
  { key: "point", startMs: 20_000, endMs: null },
  { key: "long", startMs: 10_000, endMs: 50_000 },
]);

test("moments are in the order in which they happen", () => {
  expect(moments.map(({ key }) => key)).toEqual(["long", "point", "late"]);
});

test("the film is at the moment that began last and still lasts", () => {
  expect(currentKey(moments, 5000)).toBeNull();
  expect(currentKey(moments, 15_000)).toBe("long");
  expect(currentKey(moments, 22_000)).toBe("point");
  expect(currentKey(moments, 30_000)).toBe("long");
  expect(currentKey(moments, 55_000)).toBeNull();
});

test("between moments a list is open at the last one that the film came to", () => {
  expect(reachedKey(moments, 5000)).toBeNull();
  expect(reachedKey(moments, 55_000)).toBe("point");
  expect(reachedKey(moments, 99_000)).toBe("late");
});

test("a press marks the ten seconds before it", () => {
  expect(tenSecondsBefore(64_003.7)).toEqual({ startMs: 54_004, endMs: 64_004 });
});

test("a press right at the start marks what there is", () => {
  expect(tenSecondsBefore(3000)).toEqual({ startMs: 0, endMs: 3000 });
  expect(tenSecondsBefore(0)).toEqual({ startMs: 0, endMs: 1 });
});
