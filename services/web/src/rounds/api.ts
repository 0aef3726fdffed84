import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { Meeting, NewRound, Round, RoundPatch } from "~/api/types";

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

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: keys.round(id),
    queryFn: () => ok(api.GET("/api/v1/rounds/{round_id}", { params: { path: { round_id: id } } })),
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

/** Another go, or the coach’s model, in a meeting that goes on. It is there as soon as the server says so. */
export function useAddMeetingRound(meeting: string) {
  const client = useQueryClient();
  const forget = useForgetRounds();
  return useMutation({
    onSuccess: async (round) => {
      await client.cancelQueries({ queryKey: keys.meeting(meeting) });
      client.setQueryData<Meeting>(keys.meeting(meeting), (old) => old && withRound(old, round));
    },
    mutationFn: (body: NewRound) =>
      ok(
        api.POST("/api/v1/meetings/{meeting_id}/rounds", { params: { path: { meeting_id: meeting } }, body }),
      ),
    onSettled: () => void forget(),
  });
}

export function useChangeRound(id: string) {
  const client = useQueryClient();
  const forget = useForgetRounds();
  return useMutation({
    onSuccess: async (round) => {
      // An answer that was asked for before this one would show what was before.
      await Promise.all([
        client.cancelQueries({ queryKey: keys.meetings }),
        client.cancelQueries({ queryKey: keys.rounds(round.action_step) }),
      ]);
      client.setQueriesData<Meeting>({ queryKey: [...keys.meetings, "one"] }, (old) =>
        old?.rounds.some((one) => one.id === id) ? withRound(old, round) : old,
      );
      client.setQueryData<Round[]>(keys.rounds(round.action_step), (old) => old && replaced(old, round));
    },
    // Two presses in a row arrive in their order.
    scope: { id: `round ${id}` },
    mutationFn: (body: RoundPatch) =>
      ok(api.PATCH("/api/v1/rounds/{round_id}", { params: { path: { round_id: id } }, body })),
    onSettled: () => void forget(),
  });
}

export function useRemoveRound(id: string) {
  const forget = useForgetRounds();
  return useMutation({
    mutationFn: () => ok(api.DELETE("/api/v1/rounds/{round_id}", { params: { path: { round_id: id } } })),
    onSettled: forget,
  });
}

function withRound(meeting: Meeting, round: Round): Meeting {
  return { ...meeting, rounds: replaced(meeting.rounds, round) };
}

/** The best take is one of a step at most. */
function replaced(rounds: Round[], round: Round): Round[] {
  const others = round.is_best ? rounds.map((one) => ({ ...one, is_best: false })) : rounds;
  const known = others.some(({ id }) => id === round.id);
  return known ? others.map((one) => (one.id === round.id ? round : one)) : [...others, round];
}

function useForgetRounds() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.actionSteps }),
      client.invalidateQueries({ queryKey: keys.meetings }),
    ]);
}
