import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { problemFrom } from "~/api/problem";
import type { components, operations } from "~/api/schema";
import type { LoadReport, NewLibraryStep, StepPatch } from "~/api/types";

const LIBRARY_STAYS_MS = 10 * 60_000;
const LIBRARY = ["library"] as const;
const AT_ONCE = 50;
type StepPage = components["schemas"]["StepPage"];

/** What the list of steps is narrowed by; each is in the page's address. */
export interface StepFilter {
  q?: string;
  area?: string;
  phase?: string;
  subject?: string;
  sequence?: string;
}

export const areasQuery = queryOptions({
  queryKey: [...LIBRARY, "areas"],
  staleTime: LIBRARY_STAYS_MS,
  queryFn: async () => (await ok(api.GET("/api/v1/library/areas"))).items,
});

export const problemsQuery = queryOptions({
  queryKey: [...LIBRARY, "problems"],
  staleTime: LIBRARY_STAYS_MS,
  queryFn: async () => (await ok(api.GET("/api/v1/library/problems"))).items,
});

export const termsQuery = queryOptions({
  queryKey: [...LIBRARY, "terms"],
  staleTime: LIBRARY_STAYS_MS,
  queryFn: async () => (await ok(api.GET("/api/v1/library/terms"))).items,
});

export const sequencesQuery = queryOptions({
  queryKey: [...LIBRARY, "sequences"],
  staleTime: LIBRARY_STAYS_MS,
  queryFn: async () => (await ok(api.GET("/api/v1/library/sequences"))).items,
});

export const tagsQuery = queryOptions({
  queryKey: [...LIBRARY, "tags"],
  staleTime: LIBRARY_STAYS_MS,
  queryFn: () => ok(api.GET("/api/v1/library/tags")),
});

export const stepsQuery = (search: StepFilter) =>
  queryOptions({
    queryKey: [...LIBRARY, "steps", search],
    staleTime: LIBRARY_STAYS_MS,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await ok(api.GET("/api/v1/library/steps", { params: { query: { ...given(search), limit: 100 } } })))
        .items,
  });

/** The same, page by page, for a page that shows all there is. */
export const pagedStepsQuery = (search: StepFilter) =>
  paged(["paged", search], LIBRARY_STAYS_MS, given(search));

/** Everything that may be changed, page by page: drafts and schools' own copies too. */
export const curatedQuery = ({ q, state }: { q: string; state?: "draft" | "published" }) =>
  paged(["curated", q, state], 0, { ...given({ q, state }), curating: true });

function paged(
  key: unknown[],
  staleTime: number,
  query: operations["list_library_steps"]["parameters"]["query"],
) {
  return infiniteQueryOptions({
    queryKey: [...LIBRARY, ...key],
    staleTime,
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (page: StepPage) => page.next_cursor,
    queryFn: ({ pageParam: cursor }): Promise<StepPage> =>
      ok(api.GET("/api/v1/library/steps", { params: { query: { ...query, cursor, limit: AT_ONCE } } })),
  });
}

const path = (id: string) => ({ params: { path: { step_id: id } } });

export const stepQuery = (id: string) =>
  queryOptions({
    queryKey: [...LIBRARY, "step", id],
    staleTime: LIBRARY_STAYS_MS,
    queryFn: () => ok(api.GET("/api/v1/library/steps/{step_id}", path(id))),
  });

export const similarQuery = (id: string) =>
  queryOptions({
    queryKey: [...LIBRARY, "step", id, "similar"],
    staleTime: LIBRARY_STAYS_MS,
    queryFn: async () => (await ok(api.GET("/api/v1/library/steps/{step_id}/similar", path(id)))).items,
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...LIBRARY, "step", id, "versions"],
    queryFn: async () => (await ok(api.GET("/api/v1/library/steps/{step_id}/versions", path(id)))).items,
  });

/** Between a copy and the trust's step, or between a version and the one before it. */
export const differenceQuery = (id: string, version?: number) =>
  queryOptions({
    queryKey: [...LIBRARY, "step", id, "difference", version ?? "base"],
    queryFn: () =>
      ok(
        api.GET("/api/v1/library/steps/{step_id}/difference", {
          params: {
            path: { step_id: id },
            query: version === undefined ? {} : { old: version - 1, new: version },
          },
        }),
      ),
  });

export interface BuilderChoices {
  problem?: string;
  goal?: string;
  step?: string;
  when?: string;
  who?: string;
}

export const builderQuery = (choices: BuilderChoices) =>
  queryOptions({
    queryKey: [...LIBRARY, "builder", choices],
    staleTime: LIBRARY_STAYS_MS,
    placeholderData: keepPreviousData,
    queryFn: () => ok(api.GET("/api/v1/library/builder", { params: { query: given(choices) } })),
  });

export function useWriteStep() {
  return useLibraryChange((body: NewLibraryStep) => ok(api.POST("/api/v1/library/steps", { body })));
}

export function useEditStep(id: string) {
  return useLibraryChange((body: StepPatch) =>
    ok(api.PATCH("/api/v1/library/steps/{step_id}", { ...path(id), body })),
  );
}

export function useStepMoves(id: string) {
  return {
    publish: useLibraryChange(() =>
      ok(api.POST("/api/v1/library/steps/{step_id}/publish", { ...path(id), body: { note: "" } })),
    ),
    withdraw: useLibraryChange(() => ok(api.POST("/api/v1/library/steps/{step_id}/withdraw", path(id)))),
    customise: useLibraryChange(() =>
      ok(api.POST("/api/v1/library/steps/{step_id}/copies", { ...path(id), body: {} })),
    ),
    catchUp: useLibraryChange(() => ok(api.POST("/api/v1/library/steps/{step_id}/caught-up", path(id)))),
    remove: useLibraryChange(() => ok(api.DELETE("/api/v1/library/steps/{step_id}", path(id)))),
  };
}

export function useImport() {
  return useLibraryChange(async ({ file, dryRun }: { file: File; dryRun: boolean }): Promise<LoadReport> => {
    const response = await fetch(`/api/v1/library/import?dry_run=${dryRun}`, {
      method: "POST",
      body: file,
      headers: { "Content-Type": file.name.toLowerCase().endsWith(".csv") ? "text/csv" : "application/yaml" },
      credentials: "same-origin",
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw problemFrom(response.status, body);
    return body as LoadReport;
  });
}

/** A change after which nothing remembered of the library holds. */
export function useLibraryChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: LIBRARY }),
  });
}

/** What was chosen: empty words ask for nothing. */
function given<T extends object>(search: T): Partial<T> {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as Partial<T>;
}
