import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";

const WORK = ["work"] as const;
const LOOK_EVERY_MS = 5_000;

export const workQuery = queryOptions({
  queryKey: WORK,
  queryFn: () => ok(api.GET("/api/v1/reports/work")),
  // Where nothing could be shown yet, the page says so and looks itself whether the server is back.
  refetchInterval: ({ state }) => (state.status === "error" && !state.data ? false : LOOK_EVERY_MS),
});

/** Tries a piece of work once more that has failed. */
export function useTryAgain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job_id: string) =>
      ok(api.POST("/api/v1/jobs/{job_id}/retry", { params: { path: { job_id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: WORK }),
  });
}
