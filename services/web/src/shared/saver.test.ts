import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Saver } from "~/shared/saver";

interface Words {
  praise: string;
  script: string;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that answers when it is told to. */
function aServer() {
  const asked: Partial<Words>[] = [];
  const answers: { yes: () => void; no: () => void }[] = [];
  const saver = new Saver<Words>((patch) => {
    asked.push(patch);
    return new Promise<void>((yes, no) => answers.push({ yes, no: () => no(new Error("offline")) }));
  });
  const answer = async (how: "yes" | "no" = "yes") => {
    answers.shift()?.[how]();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { saver, asked, answer };
}

test("it saves a moment after the last key, once, with the newest words", async () => {
  const { saver, asked, answer } = aServer();
  saver.change({ praise: "W" });
  vi.advanceTimersByTime(300);
  saver.change({ praise: "Well" });
  expect(saver.get()).toMatchObject({ unsaved: { praise: "Well" }, saving: "unsaved" });
  vi.advanceTimersByTime(599);
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(asked).toEqual([{ praise: "Well" }]);
  await answer();
  expect(saver.get()).toMatchObject({ unsaved: {}, saving: "saved", touched: true });
});

test("one request at a time: what comes meanwhile follows, and nothing goes back in between", async () => {
  const { saver, asked, answer } = aServer();
  saver.change({ praise: "one" }, { now: true });
  saver.change({ praise: "two" }, { now: true });
  expect(asked).toEqual([{ praise: "one" }]);
  expect(saver.get().unsaved).toEqual({ praise: "two" });
  await answer();
  expect(asked).toEqual([{ praise: "one" }, { praise: "two" }]);
  await answer();
  expect(saver.get().saving).toBe("saved");
});

test("what could not be saved stays, and is tried again", async () => {
  const { saver, asked, answer } = aServer();
  saver.change({ praise: "one", script: "words" }, { now: true });
  saver.change({ praise: "two" });
  await answer("no");
  expect(saver.get()).toMatchObject({ unsaved: { praise: "two", script: "words" }, saving: "failed" });
  vi.advanceTimersByTime(5000);
  expect(asked[1]).toEqual({ praise: "two", script: "words" });
  await answer();
  expect(saver.get().saving).toBe("saved");
});

test("who waits for the last words hears whether all of them are kept", async () => {
  const { saver, answer } = aServer();
  expect(await saver.settled()).toBe(true);
  saver.change({ praise: "one" }, { now: true });
  saver.change({ praise: "two" });
  const heard: boolean[] = [];
  void saver.settled().then((kept) => heard.push(kept));
  await answer();
  expect(heard).toEqual([]);
  await answer();
  expect(heard).toEqual([true]);
  saver.change({ praise: "three" });
  const lost = saver.settled();
  await answer("no");
  expect(await lost).toBe(false);
});

test("leaving the page sends what waits at once, and asks for nothing when nothing does", () => {
  const { saver, asked } = aServer();
  saver.flush();
  expect(asked).toEqual([]);
  saver.change({ script: "words" });
  saver.flush();
  expect(asked).toEqual([{ script: "words" }]);
});
