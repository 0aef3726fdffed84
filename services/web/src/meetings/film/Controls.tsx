import { Button } from "@mantine/core";
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconRotate2 } from "@tabler/icons-react";
import { useRoomKeys } from "~/meetings/useRoomKeys";
import { spoken } from "~/shared/time";
import { usePlace, usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import classes from "./SpanPlayer.module.css";

const SLOW = 0.5;

interface ControlsProps {
  startMs: number;
  endMs: number;
  keys: boolean;
}

/** Play, once more from its beginning, slowly: all that two people need who watch together. */
export function Controls({ startMs, endMs, keys }: ControlsProps) {
  const player = usePlayer();
  const playing = usePlayerState((state) => state.playing);
  const rate = usePlayerState((state) => state.rate);
  const part = usePlace((ms) => Math.round(((ms - startMs) / Math.max(endMs - startMs, 1)) * 200) / 200);
  const again = () => player.playSpan({ startMs, endMs });
  const slow = () => player.setRate(rate === SLOW ? 1 : SLOW);
  useRoomKeys(
    keys
      ? {
          " ": () => player.toggle(),
          ArrowLeft: () => player.step(-1),
          ArrowRight: () => player.step(1),
          b: again,
          s: slow,
        }
      : {},
  );
  return (
    <>
      <div className={classes.bar} aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(Math.max(part, 0), 1) * 100}%` }} />
      </div>
      <div className={classes.controls}>
        <Button
          variant="subtle"
          leftSection={playing ? <IconPlayerPauseFilled size={22} /> : <IconPlayerPlayFilled size={22} />}
          onClick={() => player.toggle()}
        >
          {playing ? "Pause" : "Play"}
        </Button>
        <Button variant="subtle" leftSection={<IconRotate2 size={22} />} onClick={again}>
          Again
        </Button>
        <Button variant={rate === SLOW ? "light" : "subtle"} aria-pressed={rate === SLOW} onClick={slow}>
          Slowly
        </Button>
        <span className={classes.length}>{spoken(endMs - startMs)}</span>
      </div>
    </>
  );
}
