import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetAhead, openAhead, takeAhead } from "~/watch/player/ahead";

const FILM = "/media/film.mp4";

beforeEach(() => {
  vi.useFakeTimers();
  const video = () => ({ src: "", preload: "", error: null, removeAttribute: () => {}, load: () => {} });
  vi.stubGlobal("document", { createElement: video });
});

afterEach(() => {
  forgetAhead();
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function onANetwork(connection: { saveData?: boolean; effectiveType?: string } | undefined): void {
  vi.stubGlobal("navigator", { connection });
}

test.each([undefined, {}, { saveData: false, effectiveType: "4g" }])(
  "a film is opened before its page is there",
  (connection) => {
    onANetwork(connection);
    openAhead(FILM, 2000);
    expect(takeAhead(FILM)?.src).toBe(`${FILM}#t=2.0000`);
  },
);

test.each([{ saveData: true }, { effectiveType: "2g" }, { effectiveType: "slow-2g" }])(
  "nothing is fetched ahead for somebody who saves data",
  (connection) => {
    onANetwork(connection);
    openAhead(FILM, 2000);
    openAhead(FILM, 2000, { likely: true });
    expect(takeAhead(FILM)).toBeNull();
  },
);

test("a film that nobody comes for is let go", () => {
  onANetwork(undefined);
  openAhead(FILM, 0);
  forgetAhead();
  vi.runAllTimers();
  expect(takeAhead(FILM)).toBeNull();
});
