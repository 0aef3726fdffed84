import { expect, test } from "vitest";
import type { Clip, Video } from "~/api/types";
import { audienceLine, filmAudience, noMoreShared } from "~/watch/clips/audience";

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

test("tells whom a film is only shown to by whom, and nothing of who else sees it", () => {
  const [owner] = people;
  const film = (mark: boolean, shown_to: Video["shown_to"] = "nobody") =>
    ({ owner, audience: people.slice(0, 1), shown_to, rights: { mark } }) as Video;
  expect(filmAudience(film(true))).toBe("Only you and Aisha can see this");
  expect(filmAudience(film(false))).toBe("Aisha shared this with you");
  expect(filmAudience(film(false, "leads"))).toBe("Aisha shared this with those who lead coaching");
  expect(filmAudience(film(false, "organisation"))).toBe("Everybody in your trust can see this, as a model");
});

test("says that a shared clip which a coach cuts wider is shared no more", () => {
  const clip = { start_ms: 1000, end_ms: 5000, shared: true, owner: people[0] } as Clip;
  expect(noMoreShared(clip, { startMs: 900, endMs: 5000 }, "2")).toBe(
    "Aisha shared a shorter clip. Others won’t see this one until she shares it again.",
  );
  expect(noMoreShared(clip, { startMs: 1000, endMs: 4000 }, "2")).toBeNull();
  expect(noMoreShared(clip, { startMs: 0, endMs: 9000 }, "1")).toBeNull();
  expect(noMoreShared({ ...clip, shared: false }, { startMs: 0, endMs: 9000 }, "2")).toBeNull();
});
