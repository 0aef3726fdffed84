import { expect, test } from "vitest";
import { groupOf } from "~/exemplars/groups";

const asked = { state: "proposed", permission: "asked", shown: false } as const;
const hers = { permit: true };
const leads = (publish: boolean) => ({ permit: false, publish });

test("what somebody is asked waits for her alone", () => {
  expect(groupOf({ ...asked, may: hers })).toBe("Waiting for you");
  expect(groupOf({ ...asked, may: leads(false) })).toBe("On the way");
});

test("after a yes it waits for those who lead coaching", () => {
  const given = { ...asked, permission: "given" } as const;
  expect(groupOf({ ...given, may: hers })).toBe("On the way");
  expect(groupOf({ ...given, may: leads(true) })).toBe("Waiting for you");
  expect(groupOf({ ...given, state: "published", shown: true, may: hers })).toBe("In the library");
});

test("after a no, or taken out of the library, it is on no way", () => {
  expect(groupOf({ ...asked, permission: "declined", may: hers })).toBe("Not shown");
  expect(groupOf({ ...asked, state: "published", permission: "declined", may: hers })).toBe("Not shown");
  const out = { state: "unpublished", permission: "given", shown: false } as const;
  expect(groupOf({ ...out, may: hers })).toBe("Not shown");
  expect(groupOf({ ...out, may: leads(true) })).toBe("Not shown");
});
