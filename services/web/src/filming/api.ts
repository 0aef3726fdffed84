import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { keys } from "~/api/keys";

/** What a code for a phone is for. */
export type JoinTarget = { meeting: string } | { actionStep: string };

/** A code for a phone: made when it is first wanted, and the same as long as the app is open. */
export const joinCodeQuery = (target: JoinTarget) =>
  queryOptions({
    queryKey: ["join-code", target],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () =>
      ok(
        "meeting" in target
          ? api.POST("/api/v1/meetings/{meeting_id}/join-link", {
              params: { path: { meeting_id: target.meeting } },
            })
          : api.POST("/api/v1/action-steps/{action_step_id}/join-link", {
              params: { path: { action_step_id: target.actionStep } },
            }),
      ),
  });

/** How long a code lives and what came by it. Under the key of steps, for that is forgotten when a film comes. */
export const joinLinkQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.actionSteps, "join-link", id],
    queryFn: () =>
      ok(api.GET("/api/v1/join-links/{join_link_id}", { params: { path: { join_link_id: id } } })),
  });

export function useEndCode() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      ok(api.DELETE("/api/v1/join-links/{join_link_id}", { params: { path: { join_link_id: id } } })),
    onSettled: (_nothing, _error, id) => client.invalidateQueries({ queryKey: joinLinkQuery(id).queryKey }),
  });
}

/** What a phone that holds this secret films. Nothing but the secret speaks for it. */
export const joinedQuery = (secret: string) =>
  queryOptions({
    queryKey: ["joined", secret],
    retry: (count, error) => count < 2 && !("status" in error && Number(error.status) < 500),
    queryFn: () => ok(api.GET("/api/v1/join-link", { headers: { Authorization: `Bearer ${secret}` } })),
  });
