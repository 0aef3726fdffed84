import { describe, expect, test } from "vitest";
import { Clock, correct, LEAST_TRIM, MOST_TRIM, StartLag } from "~/compare/sync";

/** A clock that was shown a picture every 40 ms, each as late as told. */
function clockOf(late: number[], pace = 1): Clock {
  const clock = new Clock();
  clock.restart(0, pace);
  late.forEach((ms, place) => {
    clock.show({ mediaMs: 1_000 + place * 40 * pace, atMs: place * 40 + ms });
  });
  return clock;
}

test("a film's time is known between its pictures too, in slow motion as well", () => {
  expect(clockOf([0, 0, 0, 0, 0]).at(180)).toBeCloseTo(1_180);
  expect(clockOf([0, 0, 0, 0, 0], 0.25).at(180)).toBeCloseTo(1_045);
});

test("pictures that come late don't make a clock slow", () => {
  const busy = clockOf([0, 90, 0, 120, 40, 0, 200, 3, 16, 250]);
  expect(Math.abs((busy.at(400) ?? 0) - 1_400)).toBeLessThan(5);
});

test("a film that has hardly begun, or shows nothing any more, says nothing", () => {
  expect(clockOf([0, 0]).at(90)).toBeNull();
  expect(clockOf([0, 0, 0, 0, 0, 0]).at(2_000)).toBeNull();
});

test("a change of pace on the way is taken into account", () => {
  const clock = clockOf([0, 0, 0, 0, 0, 0]);
  clock.setPace(200, 1.05);
  expect(clock.at(300)).toBeCloseTo(1_305);
});

describe("a correction", () => {
  test("slows down who is ahead and quickens who is behind, by a few percent at most", () => {
    const ahead = correct(20, 1);
    const behind = correct(-200, 1);
    expect(ahead.kind === "rate" && ahead.rate).toBeCloseTo(1 - 20 / 700);
    expect(behind).toEqual({ kind: "rate", rate: 1 + MOST_TRIM });
  });

  test("never lets the follower run at the leader's very rate", () => {
    expect(correct(0, 1)).toEqual({ kind: "rate", rate: 1 + LEAST_TRIM });
    expect(correct(0.5, 0.5)).toEqual({ kind: "rate", rate: 0.5 * (1 - LEAST_TRIM) });
  });

  test("lets both wait for each other when they are far apart", () => {
    expect(correct(-260, 1)).toEqual({ kind: "realign" });
  });
});

/** A follower with its own clock beside a leader, on a screen of 60 pictures a second that shows some late. */
function run({
  startMs,
  pace,
  seconds,
  fps,
}: {
  startMs: number;
  pace: number;
  seconds: number;
  fps: number;
}) {
  const [leader, follower] = [new Clock(), new Clock()];
  const step = 1000 / 60;
  let [rate, media] = [1, startMs];
  const apart: number[] = [];
  const shown = { leader: -1, follower: -1 };
  for (let at = 0, tick = 0; at < seconds * 1000; at += step, tick++) {
    media += step * rate * pace;
    const late = tick % 7 === 0 ? 60 : 0;
    const picture = (ms: number, every: number) => Math.floor((ms * every) / 1000);
    if (picture(at, 30) !== shown.leader) {
      shown.leader = picture(at, 30);
      leader.show({ mediaMs: (shown.leader * 1000) / 30, atMs: at + late });
    }
    if (picture(media, fps) !== shown.follower) {
      shown.follower = picture(media, fps);
      follower.show({ mediaMs: (shown.follower * 1000) / fps, atMs: at + late });
    }
    const [there, here] = [leader.at(at), follower.at(at)];
    if (there !== null && here !== null) {
      const correction = correct(here - there, 1);
      if (correction.kind === "rate") {
        rate = correction.rate;
        follower.setPace(at, rate);
      }
    }
    apart.push(media - at);
  }
  return apart.slice(-60);
}

test.each([
  { startMs: -120, pace: 1, fps: 30 },
  { startMs: 150, pace: 1, fps: 25 },
  { startMs: 0, pace: 1.004, fps: 30 },
  { startMs: -240, pace: 0.997, fps: 24 },
])("a follower that starts off or has another clock comes within half a frame: %o", (follower) => {
  for (const off of run({ ...follower, seconds: 12 })) expect(Math.abs(off)).toBeLessThan(16);
});

test("what a start left is held back the next time, on the other side too when they change places", () => {
  const lag = new StartLag();
  expect(lag.holdMs).toEqual({ leader: 0, follower: 0 });
  for (let start = 0; start < 6; start++) lag.learn(-(80 - lag.holdMs.leader), 1);
  expect(lag.holdMs.leader).toBeGreaterThan(70);
  lag.swap();
  expect(lag.holdMs.leader).toBe(0);
  expect(lag.holdMs.follower).toBeGreaterThan(70);
});
