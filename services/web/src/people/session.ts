import { queryOptions, useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { api, ok } from "~/api/client";
import { Problem } from "~/api/problem";
import type { Me } from "~/api/types";
import { queryClient } from "~/app/queryClient";

/** Who is logged in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 60_000,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await ok(api.GET("/api/v1/me"));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
});

/** The person who is logged in. Only for pages behind the login. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new Problem(401, "not_logged_in", "Please log in again. Nothing is lost.");
  return data;
}

export function useLogIn() {
  return useMutation({
    mutationKey: ["session"],
    mutationFn: (credentials: { email: string; password: string }) =>
      ok(api.POST("/api/v1/session", { body: credentials })),
    onSuccess: () => queryClient.clear(),
  });
}

export function useLogOut() {
  return useMutation({
    mutationKey: ["session"],
    mutationFn: () => ok(api.DELETE("/api/v1/session")),
    onSuccess: () => queryClient.clear(),
  });
}
