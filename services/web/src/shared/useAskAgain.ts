import { useQueryClient } from "@tanstack/react-query";

/** Asks once more for all that this page couldn’t get. */
export function useAskAgain(): () => void {
  const client = useQueryClient();
  return () =>
    void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
}
