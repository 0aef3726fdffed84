import type { Command } from "~/watch/keys";
import { type Player, RATES } from "~/watch/player/Player";
import type { useClipping } from "~/watch/useClipping";
import { useKeys } from "~/watch/useKeys";

interface Desk {
  player: Player;
  clipping: ReturnType<typeof useClipping>;
  mayClip: boolean;
  mark: () => void;
  clipHere: () => void;
  say: () => void;
  note: () => void;
  help: () => void;
  close: () => void;
}

const BACK_MS = 5000;
const SECOND_MS = 1000;

/** What each key does on the watch page. */
export function useWatchKeys(desk: Desk): void {
  const { player, clipping, mayClip } = desk;
  const ifMayClip = (run: () => void) => () => {
    if (mayClip) run();
  };
  const nudge = (by: number) => {
    const { draft } = clipping.cut;
    if (draft) clipping.cut.nudge(draft.edge, by);
  };
  const commands: Record<Command, () => void> = {
    toggle: () => player.toggle(),
    back: () => player.jumpBy(-BACK_MS),
    pause() {
      player.pause();
      player.setRate(1);
    },
    faster() {
      const { playing, rate } = player.store.get();
      if (playing) player.setRate(RATES.find((one) => one > rate) ?? rate);
      else void player.play();
    },
    frameBack: () => player.step(-1),
    frameOn: () => player.step(1),
    secondBack: () => player.jumpBy(-SECOND_MS),
    secondOn: () => player.jumpBy(SECOND_MS),
    in: ifMayClip(clipping.setIn),
    out: ifMayClip(clipping.setOut),
    clip: ifMayClip(desk.clipHere),
    nudgeBack: () => nudge(-1),
    nudgeOn: () => nudge(1),
    moment: desk.mark,
    say: desk.say,
    note: desk.note,
    help: desk.help,
    close: desk.close,
  };
  useKeys((command) => commands[command]());
}
