import { ActionIcon, Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconChevronsLeft, IconChevronsRight } from "@tabler/icons-react";
import type { Criterion } from "~/api/types";
import type { Side } from "~/compare/films";
import type { SideName } from "~/compare/line";
import { usePair } from "~/compare/usePair";
import classes from "./LineUp.module.css";

const FRAME_MS = 1000 / 30;

interface LineUpProps {
  model: Side;
  take: Side;
  criterion: Criterion | null;
  saving: boolean;
  onNudge: (side: SideName, byMs: number) => void;
  onHere: (side: SideName) => void;
}

/** Each film by itself: moved by a frame or a second, and told where a criterion is to be seen. */
export function LineUp({ model, take, criterion, saving, onNudge, onHere }: LineUpProps) {
  const unknown = (side: Side) => !side.knot.places.some((one) => one.criterion === criterion?.id);
  return (
    <section className={classes.lineUp} aria-label="Line the two up">
      <p className={classes.how} role="status">
        {criterion
          ? `Let it play, or move one by itself. Press “It’s here” when you see: ${criterion.text}`
          : "Move one by itself until both do the same at the same time. It’s kept for next time."}
      </p>
      {(["model", "take"] as const).map((side) => {
        const film = side === "model" ? model : take;
        return (
          <div key={side} className={classes.side}>
            <span className={classes.name}>{film.name}</span>
            <Steps side={side} name={film.name} onNudge={onNudge} />
            {criterion && (
              <Button
                variant={unknown(film) ? "filled" : "default"}
                loading={saving}
                onClick={() => onHere(side)}
                aria-label={`It’s here in ${film.name}`}
                className={classes.here}
              >
                It’s here
              </Button>
            )}
          </div>
        );
      })}
    </section>
  );
}

function Steps({ side, name, onNudge }: { side: SideName; name: string; onNudge: LineUpProps["onNudge"] }) {
  const pair = usePair();
  const frame = (by: number) => {
    const { frames, nowMs } = pair.players[side];
    onNudge(side, frames ? frames.startMs(frames.step(frames.nearest(nowMs), by)) - nowMs : by * FRAME_MS);
  };
  const nudge = (run: () => void) => () => {
    pair.pause();
    run();
  };
  return (
    <span className={classes.steps}>
      <ActionIcon
        color="gray"
        aria-label={`${name}: a second back`}
        onClick={nudge(() => onNudge(side, -1000))}
      >
        <IconChevronsLeft size={24} />
      </ActionIcon>
      <ActionIcon color="gray" aria-label={`${name}: a frame back`} onClick={nudge(() => frame(-1))}>
        <IconChevronLeft size={24} />
      </ActionIcon>
      <ActionIcon color="gray" aria-label={`${name}: a frame on`} onClick={nudge(() => frame(1))}>
        <IconChevronRight size={24} />
      </ActionIcon>
      <ActionIcon color="gray" aria-label={`${name}: a second on`} onClick={nudge(() => onNudge(side, 1000))}>
        <IconChevronsRight size={24} />
      </ActionIcon>
    </span>
  );
}
