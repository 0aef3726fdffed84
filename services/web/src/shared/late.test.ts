import { afterEach, expect, test, vi } from "vitest";
import { onceOnline } from "~/shared/late";

const browser = new EventTarget();

afterEach(() => vi.unstubAllGlobals());

function network(there: { onLine: boolean }): void {
  vi.stubGlobal("window", browser);
  vi.stubGlobal("navigator", there);
}

test("what can't come without a network comes when it is back", async () => {
  const there = { onLine: false };
  network(there);
  const load = vi.fn(async () => {
    if (!there.onLine) throw new TypeError("Failed to fetch");
    return "code";
  });
  const coming = onceOnline(load);
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
  there.onLine = true;
  browser.dispatchEvent(new Event("online"));
  expect(await coming).toBe("code");
  expect(load).toHaveBeenCalledTimes(2);
});

test("what fails with a network is told", async () => {
  network({ onLine: true });
  await expect(onceOnline(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
});
