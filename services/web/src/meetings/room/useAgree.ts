import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import type { ActionStep, Meeting } from "~/api/types";
import type { NewActionStep } from "~/coaching/api";
import { useChangeMeeting } from "~/meetings/api";

/** The words of a step, as the two agree them. */
export type StepWords = Pick<NewActionStep, "goal" | "action" | "criteria">;

/** Agreeing the step: a new one, the present one for a while longer, or other words for what was agreed. */
export function useAgree(meeting: Meeting) {
  const client = useQueryClient();
  const change = useChangeMeeting(meeting.id);
  const agree = useMutation({
    mutationFn: async (what: { keep: string } | { words: StepWords; step?: string; clip?: string }) => {
      if ("keep" in what) return change.mutateAsync({ action_step: what.keep });
      const { words, step, clip } = what;
      const body = {
        coachee: meeting.coachee.id,
        why: "",
        ...words,
        ...(step ? { step } : {}),
        ...(clip ? { clip } : {}),
      };
      const set = await ok(api.POST("/api/v1/action-steps", { body }));
      return change.mutateAsync({ action_step: set.id });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.actionSteps }),
  });
  const reword = useMutation({
    mutationFn: ({ step, words }: { step: ActionStep; words: StepWords }) =>
      ok(
        api.PATCH("/api/v1/action-steps/{action_step_id}", {
          params: { path: { action_step_id: step.id } },
          body: {
            goal: words.goal,
            action: words.action,
            criteria: step.criteria.flatMap(({ id }, place) => {
              const text = words.criteria[place];
              return text ? [{ id, text }] : [];
            }),
          },
        }),
      ),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.actionSteps }),
        client.invalidateQueries({ queryKey: keys.meetings }),
      ]),
  });
  return { agree, reword };
}
