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

/** All of a list, page after page: for what is shown whole, such as the marks on one film. */
export async function wholeList<T>(fetch: (cursor: string | null) => Promise<PageOf<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: PageOf<T> = await fetch(cursor);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return items;
}

function inOne<T>({ pages }: InfiniteData<PageOf<T>>): T[] {
  return pages.flatMap(({ items }) => items);
}
