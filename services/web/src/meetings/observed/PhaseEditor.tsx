import { ActionIcon, Alert, Button } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { sentence } from "~/api/problem";
import { useChangeMeeting } from "~/meetings/api";
import {
  begin,
  move,
  PHASES,
  type PhaseSpan,
  phaseLabel,
  type Start,
  without,
} from "~/meetings/observed/phases";
import { clock } from "~/shared/time";
import { Chips } from "~/watch/Chips";
import { usePlace, usePlayer } from "~/watch/player/usePlayer";
import classes from "./ObservedFilm.module.css";

interface PhaseEditorProps {
  meeting: string;
  spans: PhaseSpan[];
  onDone: () => void;
}

/** Says where phases begin, while the film plays or stands; each press is kept at once. */
export function PhaseEditor({ meeting, spans, onDone }: PhaseEditorProps) {
  const player = usePlayer();
  const change = useChangeMeeting(meeting);
  // Shown at once; what the server says takes its place when it comes.
  const [underway, setUnderway] = useState<Start[]>();
  const starts: Start[] = underway ?? spans.map(({ phase, start_ms }) => ({ phase, start_ms }));
  const here = () => Math.round(player.nowMs);
  const now = usePlace((ms) => clock(ms));
  const keep = (next: Start[]) => {
    setUnderway(next);
    change.mutate({ phases: next }, { onSettled: () => setUnderway(undefined) });
  };
  return (
    <>
      <Chips
        label={`At ${now} begins …`}
        showLabel
        options={PHASES.map(({ phase, label }) => ({ value: phase, label }))}
        value={null}
        onChange={(phase) => phase && keep(begin(starts, phase, here()))}
      />
      {change.isError && (
        <Alert color="red" variant="light" role="alert">
          {sentence(change.error)}
        </Alert>
      )}
      <ol className={classes.starts} aria-label="Where phases begin">
        {starts.map(({ phase, start_ms }, place) => (
          <li key={start_ms}>
            <b>
              {phaseLabel(phase)} · {clock(start_ms)}
            </b>
            <Button variant="default" onClick={() => keep(move(starts, place, here()))}>
              Starts here
            </Button>
            <ActionIcon
              color="gray"
              aria-label={`Leave out ${phaseLabel(phase)} at ${clock(start_ms)}`}
              onClick={() => keep(without(starts, place))}
            >
              <IconTrash size={20} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button onClick={onDone}>Done</Button>
    </>
  );
}
