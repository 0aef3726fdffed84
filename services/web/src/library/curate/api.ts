import { api, ok } from "~/api/client";
import type { components } from "~/api/schema";
import { useLibraryChange } from "~/library/api";

type Schemas = components["schemas"];

/** Saves a goal, a new one where there is no id, and deletes one. */
export function useGoals() {
  return {
    save: useLibraryChange(({ id, ...body }: Schemas["GoalIn"] & { id?: string }) =>
      id
        ? ok(api.PATCH("/api/v1/library/goals/{goal_id}", { params: { path: { goal_id: id } }, body }))
        : ok(api.POST("/api/v1/library/goals", { body })),
    ),
    remove: useLibraryChange((id: string) =>
      ok(api.DELETE("/api/v1/library/goals/{goal_id}", { params: { path: { goal_id: id } } })),
    ),
  };
}

/** Saves a word of the shared language, a new one where there is no id, and deletes one. */
export function useWords() {
  return {
    save: useLibraryChange(({ id, ...body }: Schemas["TermIn"] & { id?: string }) =>
      id
        ? ok(api.PATCH("/api/v1/library/terms/{term_id}", { params: { path: { term_id: id } }, body }))
        : ok(api.POST("/api/v1/library/terms", { body })),
    ),
    remove: useLibraryChange((id: string) =>
      ok(api.DELETE("/api/v1/library/terms/{term_id}", { params: { path: { term_id: id } } })),
    ),
  };
}

/** Saves a sequence, a new one where there is no id, and deletes one. */
export function useSequences() {
  return {
    save: useLibraryChange(({ id, ...body }: Schemas["SequenceIn"] & { id?: string }) =>
      id
        ? ok(
            api.PATCH("/api/v1/library/sequences/{sequence_id}", {
              params: { path: { sequence_id: id } },
              body,
            }),
          )
        : ok(api.POST("/api/v1/library/sequences", { body })),
    ),
    remove: useLibraryChange((id: string) =>
      ok(api.DELETE("/api/v1/library/sequences/{sequence_id}", { params: { path: { sequence_id: id } } })),
    ),
  };
}
