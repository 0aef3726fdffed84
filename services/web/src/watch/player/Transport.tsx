import { ActionIcon, UnstyledButton } from "@mantine/core";
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRepeat,
  IconVolume,
  IconVolumeOff,
} from "@tabler/icons-react";
import type { ComponentProps } from "react";
import { LateMenu } from "~/shared/LateMenu";
import { late } from "~/shared/late";
import { clock } from "~/shared/time";
import { usePlace, usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import { preciseClock } from "~/watch/startAt";
import classes from "./Transport.module.css";

const loadSpeed = () => import("~/watch/player/SpeedMenu");
const SpeedMenu = late(loadSpeed, "SpeedMenu");

/** Play, single frames, the place in the film, speed and sound. */
export function Transport({ durationMs, children }: { durationMs: number; children?: React.ReactNode }) {
  const player = usePlayer();
  const playing = usePlayerState((state) => state.playing);
  const muted = usePlayerState((state) => state.muted);
  const span = usePlayerState((state) => state.span);
  const looping = usePlayerState((state) => state.looping);
  return (
    <div className={classes.transport}>
      <ActionIcon onClick={() => player.toggle()} aria-label={playing ? "Pause" : "Play"} color="gray">
        {playing ? <IconPlayerPauseFilled size={24} /> : <IconPlayerPlayFilled size={24} />}
      </ActionIcon>
      <ActionIcon onClick={() => player.step(-1)} aria-label="One frame back" color="gray">
        <IconChevronLeft size={26} />
      </ActionIcon>
      <ActionIcon onClick={() => player.step(1)} aria-label="One frame on" color="gray">
        <IconChevronRight size={26} />
      </ActionIcon>
      <Place durationMs={durationMs} />
      <span className={classes.rest}>
        {span && (
          <ActionIcon
            color={looping ? "leaf" : "gray"}
            aria-label="Loop"
            aria-pressed={looping}
            variant={looping ? "light" : "subtle"}
            onClick={() => player.playSpan(span, { loop: !looping, fromMs: player.nowMs })}
          >
            <IconRepeat size={24} />
          </ActionIcon>
        )}
        <Speed />
        <ActionIcon
          color="gray"
          onClick={() => player.setMuted(!muted)}
          aria-label={muted ? "Sound on" : "Sound off"}
        >
          {muted ? <IconVolumeOff size={24} /> : <IconVolume size={24} />}
        </ActionIcon>
        {children}
      </span>
    </div>
  );
}

/** Where we are: by the second while it plays, to the frame when it stands. */
function Place({ durationMs }: { durationMs: number }) {
  const playing = usePlayerState((state) => state.playing);
  const now = usePlace((ms) => (playing ? clock(ms) : preciseClock(ms)));
  return (
    <span className={classes.place}>
      <b>{now}</b>
      <span> / {clock(durationMs)}</span>
    </span>
  );
}

function Speed() {
  const rate = usePlayerState((state) => state.rate);
  return (
    <LateMenu
      load={loadSpeed}
      closed={(props) => <SpeedButton rate={rate} {...props} />}
      menu={<SpeedMenu />}
    />
  );
}

/** The button that says how fast the film plays. */
export function SpeedButton({ rate, ...others }: { rate: number } & ComponentProps<"button">) {
  return (
    <UnstyledButton className={classes.speed} aria-label={`Speed: ${rate} times`} {...others}>
      {rate}×
    </UnstyledButton>
  );
}
