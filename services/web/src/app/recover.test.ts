import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "~/api/problem";
import { recoverByItself } from "~/app/recover";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false });
  vi.stubGlobal("navigator", { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function asks(failures: Problem[]) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const query = vi.fn(async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return "there";
  });
  const observer = new QueryObserver(client, { queryKey: ["page"], queryFn: query });
  return { client, query, observer, leave: observer.subscribe(() => undefined) };
}

test("what a server that was away owes a page is fetched once it answers", async () => {
  const { client, query, observer, leave } = asks([new Problem(503, "database_silent", "Away.")]);
  let back = false;
  const stop = recoverByItself(client, { answers: async () => back, everyMs: 1000 });
  await vi.advanceTimersByTimeAsync(5000);
  expect(query).toHaveBeenCalledTimes(1);
  expect(observer.getCurrentResult().status).toBe("error");
  back = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(observer.getCurrentResult().data).toBe("there");
  stop();
  leave();
});

test("what the server has decided is not asked again", async () => {
  const { client, query, leave } = asks([new Problem(404, "not_found", "Gone.")]);
  const stop = recoverByItself(client, { answers: async () => true, everyMs: 1000 });
  await vi.advanceTimersByTimeAsync(5000);
  expect(query).toHaveBeenCalledTimes(1);
  stop();
  leave();
});
