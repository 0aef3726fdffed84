import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Knot } from "~/api/types";

interface Here {
  criterion: string;
  knot: Knot;
  startMs: number;
}

/** “This criterion is to be seen here”: for both, on every device. */
export function useSayWhere(actionStep: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ criterion, knot, startMs }: Here) =>
      ok(
        api.PUT("/api/v1/action-steps/{action_step_id}/places", {
          params: { path: { action_step_id: actionStep } },
          body: {
            criterion,
            ...(knot.video ? { video: knot.video } : { clip: knot.clip }),
            start_ms: Math.round(startMs),
          },
        }),
      ),
    onSuccess: (thread) => client.setQueryData(keys.thread(actionStep), thread),
  });
}
