import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";
import type { NewDropIn } from "~/api/types";

/** Short visits to one coachee (or `me`), newest first. */
export const dropInsQuery = (coachee: string) =>
  paged([...keys.meetings, "drop-ins", coachee], (cursor) =>
    ok(api.GET("/api/v1/drop-ins", { params: { query: { coachee, cursor } } })),
  );

export function useNoteDropIn() {
  return useDropInChange((body: NewDropIn) => ok(api.POST("/api/v1/drop-ins", { body })));
}

export function useChangeDropIn() {
  return useDropInChange(({ id, ...body }: { id: string; notes: string; film: string | null }) =>
    ok(api.PATCH("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } }, body })),
  );
}

/** The film stays with its coachee. */
export function useRemoveDropIn() {
  return useDropInChange((id: string) =>
    ok(api.DELETE("/api/v1/meetings/{meeting_id}", { params: { path: { meeting_id: id } } })),
  );
}

function useDropInChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.meetings }),
        client.invalidateQueries({ queryKey: keys.actionSteps }),
      ]),
  });
}
