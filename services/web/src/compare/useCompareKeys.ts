import { type Command, commandFor, repeats } from "~/compare/keys";
import type { SideName } from "~/compare/line";
import { type Pair, type Sound, SPEEDS } from "~/compare/Pair";
import { useKeysOf } from "~/watch/useKeys";

const SOUNDS: Sound[] = ["model", "take", "none"];

interface Deeds {
  pair: Pair;
  criterion: (number: number) => void;
  whole: () => void;
  mark: (side: SideName) => void;
  lineUp: () => void;
  help: () => void;
  close: () => void;
}

/** What each key does beside two films. */
export function useCompareKeys({ pair, criterion, whole, mark, lineUp, help, close }: Deeds): void {
  const speed = (by: number) => {
    const next = SPEEDS[SPEEDS.indexOf(pair.store.get().rate) + by];
    if (next) pair.setRate(next);
  };
  const commands: Record<string, () => void> = {
    toggle: () => pair.toggle(),
    back: () => pair.jumpBy(-5000),
    pause: () => pair.pause(),
    on: () => pair.play(),
    frameBack: () => pair.step(-1),
    frameOn: () => pair.step(1),
    secondBack: () => pair.jumpBy(-1000),
    secondOn: () => pair.jumpBy(1000),
    slower: () => speed(-1),
    faster: () => speed(1),
    loop: () => pair.setLooping(!pair.store.get().looping),
    sound: () =>
      pair.setSound(SOUNDS[(SOUNDS.indexOf(pair.store.get().sound) + 1) % SOUNDS.length] ?? "none"),
    again: () => pair.show(pair.store.get().stretch, { play: true }),
    markModel: () => mark("model"),
    markTake: () => mark("take"),
    lineUp,
    whole,
    help,
    close,
  };
  useKeysOf<Command>(commandFor, repeats, (command) => {
    const [, number] = command.split(" ");
    if (number) criterion(Number(number));
    else commands[command]?.();
  });
}
