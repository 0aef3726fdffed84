import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { NewRound, RoundPatch } from "~/api/types";

/** The models and the rehearsals of a step, oldest first. */
export const roundsQuery = (actionStep: string) =>
  queryOptions({
    queryKey: keys.rounds(actionStep),
    queryFn: async () =>
      (
        await ok(
          api.GET("/api/v1/action-steps/{action_step_id}/rounds", {
            params: { path: { action_step_id: actionStep } },
          }),
        )
      ).items,
  });

/** Another go between meetings. */
export function useAddRound(actionStep: string) {
  const forget = useForgetRounds();
  return useMutation({
    mutationFn: (body: NewRound) =>
      ok(
        api.POST("/api/v1/action-steps/{action_step_id}/rounds", {
          params: { path: { action_step_id: actionStep } },
          body,
        }),
      ),
    onSettled: forget,
  });
}

/** Another go, or the coach’s model, in a meeting that goes on. */
export function useAddMeetingRound(meeting: string) {
  const forget = useForgetRounds();
  return useMutation({
    mutationFn: (body: NewRound) =>
      ok(
        api.POST("/api/v1/meetings/{meeting_id}/rounds", { params: { path: { meeting_id: meeting } }, body }),
      ),
    onSettled: forget,
  });
}

export function useChangeRound(id: string) {
  const forget = useForgetRounds();
  return useMutation({
    // Two presses in a row arrive in their order.
    scope: { id: `round ${id}` },
    mutationFn: (body: RoundPatch) =>
      ok(api.PATCH("/api/v1/rounds/{round_id}", { params: { path: { round_id: id } }, body })),
    onSettled: forget,
  });
}

export function useRemoveRound(id: string) {
  const forget = useForgetRounds();
  return useMutation({
    mutationFn: () => ok(api.DELETE("/api/v1/rounds/{round_id}", { params: { path: { round_id: id } } })),
    onSettled: forget,
  });
}

function useForgetRounds() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.actionSteps }),
      client.invalidateQueries({ queryKey: keys.meetings }),
    ]);
}
