import { type InfiniteData, infiniteQueryOptions } from "@tanstack/react-query";

interface PageOf<T> {
  items: T[];
  next_cursor: string | null;
}

/** A list that comes a page at a time, and reads as one list of all that has come. */
export function paged<T>(queryKey: readonly unknown[], fetch: (cursor: string | null) => Promise<PageOf<T>>) {
  return infiniteQueryOptions({
    queryKey,
    initialPageParam: null as string | null,
    getNextPageParam: (page: PageOf<T>) => page.next_cursor,
    queryFn: ({ pageParam }) => fetch(pageParam),
    select: inOne<T>,
  });
}

function inOne<T>({ pages }: InfiniteData<PageOf<T>>): T[] {
  return pages.flatMap(({ items }) => items);
}
