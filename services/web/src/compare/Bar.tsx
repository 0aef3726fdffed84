import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import {
  IconArrowsDiff,
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRepeat,
} from "@tabler/icons-react";
import { boundsOf } from "~/compare/line";
import { SPEEDS } from "~/compare/Pair";
import { Scrub } from "~/compare/Scrub";
import { useLinePlace, usePair, usePairState } from "~/compare/usePair";
import { clock } from "~/shared/time";
import { preciseClock } from "~/watch/startAt";
import classes from "./Bar.module.css";

const NAMES: Record<number, string> = { 0.25: "¼×", 0.5: "½×", 1: "1×" };

/** One transport for both: play, single frames, slow motion, over and over. */
export function Bar({ liningUp, onLineUp }: { liningUp: boolean; onLineUp: () => void }) {
  const pair = usePair();
  const playing = usePairState((state) => state.playing);
  const looping = usePairState((state) => state.looping);
  const rate = usePairState((state) => state.rate);
  return (
    <div className={classes.bar}>
      <Scrub />
      <div className={classes.buttons}>
        <ActionIcon onClick={() => pair.toggle()} aria-label={playing ? "Pause" : "Play"} color="gray">
          {playing ? <IconPlayerPauseFilled size={24} /> : <IconPlayerPlayFilled size={24} />}
        </ActionIcon>
        <ActionIcon onClick={() => pair.step(-1)} aria-label="One frame back" color="gray">
          <IconChevronLeft size={26} />
        </ActionIcon>
        <ActionIcon onClick={() => pair.step(1)} aria-label="One frame on" color="gray">
          <IconChevronRight size={26} />
        </ActionIcon>
        <ActionIcon
          color={looping ? "leaf" : "gray"}
          aria-label="Over and over"
          aria-pressed={looping}
          variant={looping ? "light" : "subtle"}
          onClick={() => pair.setLooping(!looping)}
        >
          <IconRepeat size={24} />
        </ActionIcon>
        <Place />
        <span className={classes.rest}>
          <SegmentedControl
            aria-label="Speed"
            size="md"
            value={String(rate)}
            onChange={(value) => pair.setRate(Number(value))}
            data={SPEEDS.map((one) => ({ value: String(one), label: NAMES[one] ?? `${one}×` }))}
            classNames={{ root: classes.speed }}
          />
          <Button
            variant={liningUp ? "light" : "subtle"}
            color={liningUp ? undefined : "gray"}
            leftSection={<IconArrowsDiff size={22} aria-hidden="true" />}
            aria-pressed={liningUp}
            onClick={onLineUp}
            className={classes.lineUp}
          >
            Line up
          </Button>
        </span>
      </div>
    </div>
  );
}

/** Where both are: by the second while they play, to the frame when they stand. */
function Place() {
  const playing = usePairState((state) => state.playing);
  const line = usePairState((state) => state.line);
  const lengths = usePairState((state) => state.lengths);
  const { startMs, endMs } = boundsOf(line, lengths);
  const tell = playing ? clock : preciseClock;
  const now = useLinePlace((ms) => tell(Math.max(0, ms - startMs)));
  return (
    <span className={classes.place}>
      <b>{now}</b>
      <span> / {clock(endMs - startMs)}</span>
    </span>
  );
}
