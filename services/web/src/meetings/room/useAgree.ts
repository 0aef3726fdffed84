import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { sentence } from "~/api/problem";
import type { ActionStep, Meeting, Proposal } from "~/api/types";
import type { NewActionStep } from "~/coaching/api";
import { useChangeMeeting } from "~/meetings/api";
import { useChangeProposal } from "~/proposals/api";

/** The words of a step, as the two agree them. */
export type StepWords = Pick<NewActionStep, "goal" | "action" | "criteria">;

/** A new step: of the library, as it is or in other words, or in words alone. */
interface NewStep {
  words?: StepWords;
  step?: string;
  /** The clip that showed why. */
  clip?: string;
  /** What the coachee proposed, and gets an answer to by this. */
  proposal?: Proposal;
}

/** Agreeing the step: a new one, the present one for a while longer, or other words for what was agreed. */
export function useAgree(meeting: Meeting) {
  const client = useQueryClient();
  const change = useChangeMeeting(meeting.id);
  const answer = useChangeProposal();
  const agree = useMutation({
    mutationFn: async (what: { keep: string } | NewStep) => {
      if ("keep" in what) return change.mutateAsync({ action_step: what.keep });
      const { words, step, clip, proposal } = what;
      const body = {
        coachee: meeting.coachee.id,
        why: proposal?.words ?? "",
        ...words,
        ...(step ? { step } : {}),
        ...(clip ? { clip } : {}),
      };
      const set = await ok(api.POST("/api/v1/action-steps", { body }));
      const changed = await change.mutateAsync({ action_step: set.id });
      if (proposal) {
        // The step is agreed either way; the proposal can still be answered by hand.
        await answer
          .mutateAsync({ id: proposal.id, state: "accepted", action_step: set.id })
          .catch((error) => notifications.show({ color: "red", message: sentence(error) }));
      }
      return changed;
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
