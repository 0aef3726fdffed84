import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "~/api/problem";

type Listener = () => void;
const expiryListeners = new Set<Listener>();

/** Calls back when the server says that nobody is logged in any more. */
export function onSessionExpired(listener: Listener): () => void {
  expiryListeners.add(listener);
  return () => expiryListeners.delete(listener);
}

/** To be called when an answer says that nobody is logged in. */
export function sessionExpired(): void {
  for (const listener of expiryListeners) listener();
}

function noticeExpiry(error: unknown, isSessionQuestion: boolean): void {
  if (error instanceof Problem && error.status === 401 && !isSessionQuestion) sessionExpired();
}

/** Who asks these questions may well not be logged in. */
const OF_NO_SESSION: ReadonlySet<unknown> = new Set(["me", "joined"]);

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => noticeExpiry(error, OF_NO_SESSION.has(query.queryKey[0])),
  }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, mutation) =>
      noticeExpiry(error, mutation.options.mutationKey?.[0] === "session"),
  }),
  defaultOptions: {
    mutations: { networkMode: "always" },
    queries: {
      // Without a network say so at once, rather than wait for it in silence.
      networkMode: "always",
      staleTime: 15_000,
      // What the server has decided (not found, not yours) will not change by asking again.
      retry: (count, error) =>
        navigator.onLine && !(error instanceof Problem && error.status < 500) && count < 2,
    },
  },
});
