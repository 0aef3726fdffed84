import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";

/** A trust has hundreds of people: they come a page at a time, or by name. */
const AT_ONCE = 60;
/** More than these nobody reads through: a letter or two of the name leaves fewer. */
const TO_CHOOSE_FROM = 30;

/** Everybody I may know of, by name; with `q` those whose name has these words in it. */
export const peopleQuery = (q: string) =>
  paged([...keys.people, "pages", q], (cursor) =>
    ok(api.GET("/api/v1/people", { params: { query: { q, cursor, limit: AT_ONCE } } })),
  );

/** The first of them, to choose one from. */
export const peopleNamed = (q: string) =>
  queryOptions({
    queryKey: [...keys.people, "named", q],
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await ok(api.GET("/api/v1/people", { params: { query: { q, limit: TO_CHOOSE_FROM } } }))).items,
  });

/** Who coaches whom, the newest first; with `q` where either’s name has these words in it. */
export const pairingsQuery = (q: string) =>
  paged([...keys.pairings, q], (cursor) =>
    ok(api.GET("/api/v1/pairings", { params: { query: { q, cursor, limit: AT_ONCE } } })),
  );

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: async () => (await ok(api.GET("/api/v1/me/tokens"))).items,
});

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: () => ok(api.GET("/api/v1/invitations/{token}", { params: { path: { token } } })),
  });

export function acceptInvitation(token: string, body: { name: string; password: string }) {
  return ok(api.POST("/api/v1/invitations/{token}", { params: { path: { token } }, body }));
}

export function addPerson(body: { name: string; email: string; school?: string; is_lead?: boolean }) {
  return ok(api.POST("/api/v1/people", { body }));
}

export function startPairing(body: { coach: string; coachee: string; both_ways: boolean }) {
  return ok(api.POST("/api/v1/pairings", { body }));
}

export function endPairing(pairing_id: string) {
  return ok(
    api.PATCH("/api/v1/pairings/{pairing_id}", { params: { path: { pairing_id } }, body: { ended: true } }),
  );
}

export function makeToken(name: string) {
  return ok(api.POST("/api/v1/me/tokens", { body: { name } }));
}

export function endToken(token_id: string) {
  return ok(api.DELETE("/api/v1/me/tokens/{token_id}", { params: { path: { token_id } } }));
}

export const schoolsQuery = queryOptions({
  queryKey: ["schools"],
  queryFn: async () => (await ok(api.GET("/api/v1/schools"))).items,
});

/** A new link for somebody whose first one was lost; earlier ones end. */
export function renewInvitation(person_id: string) {
  return ok(api.POST("/api/v1/people/{person_id}/invitation", { params: { path: { person_id } } }));
}

export function changePerson(
  person_id: string,
  body: { disabled?: boolean; leads?: string[]; is_admin?: boolean },
) {
  return ok(api.PATCH("/api/v1/people/{person_id}", { params: { path: { person_id } }, body }));
}

export function changePassword(body: { present: string; new: string }) {
  return ok(api.POST("/api/v1/me/password", { body }));
}
