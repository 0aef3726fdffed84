import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

const LANGUAGE_STAYS_MS = 10 * 60_000;

export const termsQuery = queryOptions({
  queryKey: keys.terms,
  staleTime: LANGUAGE_STAYS_MS,
  queryFn: async () => (await ok(api.GET("/api/v1/library/terms"))).items,
});

/** The terms that somebody I coach has met. */
export const termsMetQuery = (coachee: string) =>
  queryOptions({
    queryKey: [...keys.terms, "met", coachee],
    staleTime: LANGUAGE_STAYS_MS,
    queryFn: async () =>
      (await ok(api.GET("/api/v1/library/terms/met", { params: { query: { coachee } } }))).items,
  });

/** I have looked a term up: nobody needs to explain it to me again. */
export function useLookUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (term: string) =>
      ok(api.POST("/api/v1/library/terms/{term_id}/opened", { params: { path: { term_id: term } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.terms, "met"] }),
  });
}
