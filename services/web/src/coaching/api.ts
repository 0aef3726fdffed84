import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";
import type { ActionStep } from "~/api/types";

export const actionStepsQuery = (coachee: string) =>
  paged([...keys.actionSteps, coachee], (cursor) =>
    ok(api.GET("/api/v1/action-steps", { params: { query: { coachee, cursor } } })),
  );

export const actionStepQuery = (id: string) =>
  queryOptions({
    queryKey: keys.actionStep(id),
    queryFn: () =>
      ok(api.GET("/api/v1/action-steps/{action_step_id}", { params: { path: { action_step_id: id } } })),
  });

/** The films of a step in the order of its story: praise, moment, model, takes, next lesson. */
export const threadQuery = (id: string) =>
  queryOptions({
    queryKey: keys.thread(id),
    queryFn: () =>
      ok(
        api.GET("/api/v1/action-steps/{action_step_id}/thread", { params: { path: { action_step_id: id } } }),
      ),
  });

/** The steps of the library that a clip calls for, the likeliest first. */
export const suggestedStepsQuery = (clip: string) =>
  queryOptions({
    queryKey: [...keys.actionSteps, "suggested", clip],
    queryFn: async () =>
      (await ok(api.GET("/api/v1/clips/{clip_id}/steps", { params: { path: { clip_id: clip } } }))).items,
  });

export const todayQuery = queryOptions({
  queryKey: [...keys.actionSteps, "today"],
  queryFn: () => ok(api.GET("/api/v1/today")),
});

export const deskQuery = queryOptions({
  queryKey: [...keys.actionSteps, "desk"],
  queryFn: async () => (await ok(api.GET("/api/v1/desk"))).items,
});

/** The step somebody works on at present: the newest that isn't mastered. */
export function presentStep(steps: ActionStep[] | undefined): ActionStep | undefined {
  return steps
    ?.filter((step) => step.state !== "mastered")
    .toSorted((a, b) => b.created_at.localeCompare(a.created_at))[0];
}

export interface NewActionStep {
  coachee: string;
  step?: string;
  goal: string;
  action: string;
  criteria: string[];
  why: string;
  clip?: string;
}

export function useSetStep() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewActionStep) => ok(api.POST("/api/v1/action-steps", { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.actionSteps }),
  });
}

export function useChangeStep(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: {
      state?: ActionStep["state"];
      criteria?: { id: string; ticked: boolean }[];
      next_observation_at?: string | null;
    }) =>
      ok(
        api.PATCH("/api/v1/action-steps/{action_step_id}", {
          params: { path: { action_step_id: id } },
          body,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.actionSteps }),
  });
}

export interface NewEvidence {
  clip?: string;
  video?: string;
  criterion?: string;
  note?: string;
}

/** A clip, a film or a few words that show how a step is going. */
export function useAddEvidence(id: string) {
  const keep = useKeepStep();
  return useMutation({
    mutationFn: (body: NewEvidence) =>
      ok(
        api.POST("/api/v1/action-steps/{action_step_id}/evidence", {
          params: { path: { action_step_id: id } },
          body,
        }),
      ),
    onSuccess: keep,
  });
}

/** The clip or the film stays. */
export function useRemoveEvidence(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (evidence_id: string) =>
      ok(
        api.DELETE("/api/v1/action-steps/{action_step_id}/evidence/{evidence_id}", {
          params: { path: { action_step_id: id, evidence_id } },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.actionSteps }),
  });
}

function useKeepStep() {
  const client = useQueryClient();
  return (step: ActionStep) => {
    client.setQueryData(keys.actionStep(step.id), step);
    void client.invalidateQueries({ queryKey: keys.actionSteps });
  };
}

/** How a step is going, in words that don't judge a person. */
export const STATE_WORDS: Record<ActionStep["state"], string> = {
  set: "Just set",
  practising: "Practising",
  embedding: "Becoming a habit",
  mastered: "Part of everyday teaching",
};
