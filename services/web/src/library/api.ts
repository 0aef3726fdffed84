import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, ok } from "~/api/client";

const LIBRARY_STAYS_MS = 10 * 60_000;

export const areasQuery = queryOptions({
  queryKey: ["library", "areas"],
  staleTime: LIBRARY_STAYS_MS,
  queryFn: async () => (await ok(api.GET("/api/v1/library/areas"))).items,
});

export const stepsQuery = (search: { q?: string; area?: string }) =>
  queryOptions({
    queryKey: ["library", "steps", search],
    staleTime: LIBRARY_STAYS_MS,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (
        await ok(
          api.GET("/api/v1/library/steps", {
            params: { query: { q: search.q || undefined, area: search.area || undefined, limit: 100 } },
          }),
        )
      ).items,
  });

export const stepQuery = (id: string) =>
  queryOptions({
    queryKey: ["library", "step", id],
    staleTime: LIBRARY_STAYS_MS,
    queryFn: () => ok(api.GET("/api/v1/library/steps/{step_id}", { params: { path: { step_id: id } } })),
  });
