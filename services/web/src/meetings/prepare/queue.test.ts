import { expect, test } from "vitest";
import { added, inOrder, moved, type Queued, unclipped, withPurpose } from "~/meetings/prepare/queue";

const praise = (clip: string): Queued => ({ clip, purpose: "praise" });
const probe = (clip: string): Queued => ({ clip, purpose: "probe" });
const ids = (queue: Queued[]) => queue.map(({ clip }) => clip).join(" ");

test("praise comes first, each in the order that was chosen", () => {
  expect(ids(inOrder([probe("a"), praise("b"), probe("c"), praise("d")]))).toBe("b d a c");
});

test("what is to be praised now goes behind the praise, what isn't any more in front of the rest", () => {
  const queue = [praise("a"), probe("b"), probe("c")];
  expect(withPurpose(queue, "c", "praise")).toEqual([praise("a"), praise("c"), probe("b")]);
  expect(withPurpose(queue, "a", "probe")).toEqual([probe("a"), probe("b"), probe("c")]);
});

test("a clip moves among those that are watched for the same, and never past the praise", () => {
  const queue = [praise("a"), probe("b"), probe("c")];
  expect(ids(moved(queue, "c", -1))).toBe("a c b");
  expect(moved(queue, "b", -1)).toBe(queue);
  expect(moved(queue, "c", 1)).toBe(queue);
});

test("a clip is queued once, however often it is taken", () => {
  const queue = added(added([probe("a")], "b", "praise"), "b", "praise");
  expect(ids(queue)).toBe("b a");
});

test("a moment that a clip shows already isn't offered again", () => {
  const clips = [{ video: "v", start_ms: 1000, end_ms: 2000 }];
  const at = (start_ms: number, video = "v") => ({ start_ms, video });
  expect(unclipped([at(999), at(1000), at(1999), at(2000), at(1500, "w")], clips)).toEqual([
    at(999),
    at(2000),
    at(1500, "w"),
  ]);
});
