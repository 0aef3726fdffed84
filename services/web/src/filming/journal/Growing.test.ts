import { expect, test } from "vitest";
import { Growing, NoLongerWanted } from "~/filming/journal/Growing";

const film = new TextEncoder().encode("a film in ten chunks");
const journal = {
  read: async (_id: string, start: number, end: number) => film.slice(start, end).buffer,
};

async function text(value: Blob): Promise<string> {
  return value.text();
}

test("what is there is read at once, and that more may come is said", async () => {
  const source = await new Growing(journal, "f", 6, false).reader().openFile();
  const { value, done } = await source.slice(2, 100);
  expect([await text(value), done]).toEqual(["film", false]);
});

test("who reads at the end waits until there is more", async () => {
  const growing = new Growing(journal, "f", 6, false);
  const source = await growing.reader().openFile();
  const more = source.slice(6, 100);
  growing.grow(9);
  const { value, done } = await more;
  expect([await text(value), done]).toEqual([" in", false]);
});

test("who waits when the film ends gets its last bytes as the last part", async () => {
  const growing = new Growing(journal, "f", 6, false);
  const last = (await growing.reader().openFile()).slice(6, 100);
  growing.end(20);
  const { value, done } = await last;
  expect([await text(value), done]).toEqual([" in ten chunks", true]);
});

test("who has all of it when the film ends gets an empty last part", async () => {
  const growing = new Growing(journal, "f", 6, false);
  const source = await growing.reader().openFile();
  const last = source.slice(6, 100);
  growing.end(6);
  const { value, done } = await last;
  expect([value.size, done]).toEqual([0, true]);
});

test("the part that reaches the end of a whole film is the last, others aren't", async () => {
  const source = await new Growing(journal, "f", 20, true).reader().openFile();
  expect((await source.slice(0, 19)).done).toBe(false);
  expect((await source.slice(19, 38)).done).toBe(true);
});

test("a film of which the server has more than the device ends where the server is", async () => {
  const source = await new Growing(journal, "f", 0, true).reader().openFile();
  const { value, done } = await source.slice(15, 100);
  expect([value.size, done]).toEqual([0, true]);
});

test("after sending was stopped nothing more is handed out, though the film goes on", async () => {
  const growing = new Growing(journal, "f", 6, false);
  const stopped = growing.reader();
  const waits = (await stopped.openFile()).slice(6, 100);
  stopped.cancel();
  await expect(waits).rejects.toThrow(NoLongerWanted);
  const again = (await growing.reader().openFile()).slice(6, 100);
  growing.grow(20);
  expect((await again).value.size).toBe(14);
});
