import type { QueryClient } from "@tanstack/react-query";
import { Problem } from "~/api/problem";

/** Spread out: when a server comes back, not all screens of a school ask in the same moment. */
const LOOK_EVERY_MS = 4_000 + 3_000 * Math.random();

/** Whether what went wrong may go away by itself: the server or what is behind it doesn’t answer just now. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof Problem) || error.status >= 500;
}

/**
 * Fetches by itself what the page in front of somebody couldn’t get, as soon as the server answers again. Only one
 * small question is asked until then, so that what is said about it stays on the screen. Answers how to stop.
 */
export function recoverByItself(
  client: QueryClient,
  { answers = serverAnswers, everyMs = LOOK_EVERY_MS } = {},
): () => void {
  let looking = false;
  const owed = {
    type: "active" as const,
    predicate: ({ state }: { state: { status: string; fetchStatus: string; error: unknown } }) =>
      state.status === "error" && state.fetchStatus === "idle" && isPassing(state.error),
  };
  const look = async () => {
    if (looking || document.hidden || !navigator.onLine) return;
    if (client.getQueryCache().findAll(owed).length === 0) return;
    looking = true;
    if (await answers()) await client.refetchQueries(owed);
    looking = false;
  };
  const timer = setInterval(() => void look(), everyMs);
  return () => clearInterval(timer);
}

async function serverAnswers(): Promise<boolean> {
  try {
    return (await fetch("/api/v1/me", { credentials: "same-origin" })).status < 500;
  } catch {
    return false;
  }
}
