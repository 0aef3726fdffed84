import { Button } from "@mantine/core";
import type { ReactNode } from "react";

interface ShowMoreProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  children: ReactNode;
}

/** Fetches the next page of a list, where there is one. */
export function ShowMore({ list, children }: ShowMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <Button
      variant="default"
      mt="lg"
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {children}
    </Button>
  );
}
