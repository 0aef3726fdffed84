import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";
import { paged } from "~/api/paged";

const MANY = 200;

export const exemplarsQuery = (video?: string) =>
  paged([...keys.exemplars, video ?? "all"], (cursor) =>
    ok(api.GET("/api/v1/library/exemplars", { params: { query: { video, cursor, limit: MANY } } })),
  );

export const termExamplesQuery = queryOptions({
  queryKey: [...keys.exemplars, "of terms"],
  queryFn: async () => (await ok(api.GET("/api/v1/library/term-examples"))).items,
});

/** A film's place among the models of steps, or a clip's among the examples of terms. */
export type Kind = "exemplar" | "term_example";
export type Decision = "permit" | "decline" | "publish" | "unpublish" | "remove";

/** Saying yes or no to an example: by who is in it, by a lead, by who proposed it. */
export function useDecide(kind: Kind) {
  const forget = useForget();
  return useMutation({
    mutationFn: async ({ id, decision }: { id: string; decision: Decision }): Promise<unknown> =>
      kind === "exemplar" ? decideExemplar(id, decision) : decideTermExample(id, decision),
    onSettled: forget,
  });
}

async function decideExemplar(id: string, decision: Decision): Promise<unknown> {
  const params = { path: { exemplar_id: id } };
  switch (decision) {
    case "permit":
      return ok(api.PUT("/api/v1/exemplars/{exemplar_id}/permission", { params }));
    case "decline":
      return ok(api.DELETE("/api/v1/exemplars/{exemplar_id}/permission", { params }));
    case "publish":
      return ok(api.PUT("/api/v1/exemplars/{exemplar_id}/publication", { params }));
    case "unpublish":
      return ok(api.DELETE("/api/v1/exemplars/{exemplar_id}/publication", { params }));
    case "remove":
      return ok(api.DELETE("/api/v1/exemplars/{exemplar_id}", { params }));
  }
}

async function decideTermExample(id: string, decision: Decision): Promise<unknown> {
  const params = { path: { example_id: id } };
  switch (decision) {
    case "permit":
      return ok(api.PUT("/api/v1/term-examples/{example_id}/permission", { params }));
    case "decline":
      return ok(api.DELETE("/api/v1/term-examples/{example_id}/permission", { params }));
    case "publish":
      return ok(api.PUT("/api/v1/term-examples/{example_id}/publication", { params }));
    case "unpublish":
      return ok(api.DELETE("/api/v1/term-examples/{example_id}/publication", { params }));
    case "remove":
      return ok(api.DELETE("/api/v1/term-examples/{example_id}", { params }));
  }
}

/** Proposing a film or a clip: as the model of a step, or a clip as what a term looks like here. */
export function usePropose() {
  const forget = useForget();
  return useMutation({
    mutationFn: async (
      what: { step: string; video?: string; clip?: string } | { term: string; clip: string },
    ) =>
      "term" in what
        ? ok(
            api.POST("/api/v1/library/terms/{term_id}/examples", {
              params: { path: { term_id: what.term } },
              body: { clip: what.clip },
            }),
          )
        : ok(api.POST("/api/v1/library/exemplars", { body: what })),
    onSettled: forget,
  });
}

export interface NewChapter {
  criterion: string;
  start_ms: number;
}

export function useChapters(exemplarId: string) {
  const forget = useForget();
  const path = { exemplar_id: exemplarId };
  const add = useMutation({
    mutationFn: (body: NewChapter) =>
      ok(api.POST("/api/v1/exemplars/{exemplar_id}/chapters", { params: { path }, body })),
    onSettled: forget,
  });
  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: string; start_ms?: number; end_ms?: number }) =>
      ok(
        api.PATCH("/api/v1/exemplars/{exemplar_id}/chapters/{chapter_id}", {
          params: { path: { ...path, chapter_id: id } },
          body,
        }),
      ),
    onSettled: forget,
  });
  const remove = useMutation({
    mutationFn: (id: string) =>
      ok(
        api.DELETE("/api/v1/exemplars/{exemplar_id}/chapters/{chapter_id}", {
          params: { path: { ...path, chapter_id: id } },
        }),
      ),
    onSettled: forget,
  });
  return { add, change, remove };
}

/** Whatever may show an example is asked anew: steps, films, clips, Today. */
function useForget() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [keys.exemplars, keys.library, keys.videos, ["video"], keys.clips, keys.actionSteps].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}
