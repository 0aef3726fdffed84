import { queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: async () => (await ok(api.GET("/api/v1/people"))).items,
});

export const pairingsQuery = queryOptions({
  queryKey: ["pairings"],
  queryFn: async () => (await ok(api.GET("/api/v1/pairings"))).items,
});

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: () => ok(api.GET("/api/v1/tokens")),
});

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ["invitation", token],
    queryFn: () => ok(api.GET("/api/v1/invitations/{token}", { params: { path: { token } } })),
  });

export function acceptInvitation(token: string, body: { name: string; password: string }) {
  return ok(api.POST("/api/v1/invitations/{token}", { params: { path: { token } }, body }));
}

export function addPerson(body: { name: string; email: string }) {
  return ok(api.POST("/api/v1/people", { body }));
}

export function startPairing(body: { coach: string; coachee: string }) {
  return ok(api.POST("/api/v1/pairings", { body }));
}

export function endPairing(pairing_id: string) {
  return ok(api.DELETE("/api/v1/pairings/{pairing_id}", { params: { path: { pairing_id } } }));
}

export function makeToken(name: string) {
  return ok(api.POST("/api/v1/tokens", { body: { name } }));
}

export function endToken(token_id: string) {
  return ok(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id } } }));
}
