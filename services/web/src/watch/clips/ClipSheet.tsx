import { ActionIcon, Alert, Button, TextInput } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { sentence } from "~/api/problem";
import type { ActionStep } from "~/api/types";
import { type Draft, type Edge, LONGEST_MS } from "~/watch/clips/draft";
import { ForWhat } from "~/watch/clips/ForWhat";
import { Magnifier } from "~/watch/clips/Magnifier";
import type { Cut } from "~/watch/clips/useCut";
import { Sheet } from "~/watch/Sheet";
import { preciseClock } from "~/watch/startAt";
import type { Sound } from "~/watch/timeline/drawSound";
import type { Thumb } from "~/watch/timeline/storyboard";
import classes from "./ClipSheet.module.css";

interface ClipSheetProps {
  draft: Draft;
  cut: Cut;
  durationMs: number;
  sound?: Sound;
  thumbs?: Thumb[];
  steps: ActionStep[];
  /** “Only you and Aisha can see this.” */
  audience: string;
  saving: boolean;
  error: Error | null;
  onSave: () => void;
  /** Saves it and goes on to a step that it shows the need for; only for who may set one. */
  onSaveAndSet?: (() => void) | undefined;
}

/** Where a clip starts and ends, what it is called, and what it is for. */
export function ClipSheet(props: ClipSheetProps) {
  const { draft, cut, durationMs, sound, thumbs, steps, audience, saving, error, onSave, onSaveAndSet } =
    props;
  return (
    <Sheet title={draft.clipId ? "Change this clip" : "New clip"} detail={length(draft)} onClose={cut.end}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          onSave();
        }}
      >
        <Magnifier draft={draft} cut={cut} durationMs={durationMs} sound={sound} thumbs={thumbs} />
        <div className={classes.edges}>
          <EdgeControl edge="start" label="Start" ms={draft.startMs} cut={cut} />
          <EdgeControl edge="end" label="End" ms={draft.endMs} cut={cut} />
        </div>
        <TextInput
          aria-label="Title"
          placeholder="Title: what happens here?"
          value={draft.title}
          maxLength={200}
          onChange={(event) => cut.patch({ title: event.currentTarget.value })}
        />
        <ForWhat draft={draft} steps={steps} onChange={cut.patch} />
        {error && (
          <Alert color="red" variant="light" role="alert">
            {sentence(error)} Your clip is still here.
          </Alert>
        )}
        <div className={classes.foot}>
          <span className={classes.audience}>{audience}</span>
          {onSaveAndSet && (
            <Button variant="default" onClick={onSaveAndSet} disabled={saving}>
              Save, and set a step
            </Button>
          )}
          <Button type="submit" loading={saving}>
            {draft.clipId ? "Save changes" : "Save clip"}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

function EdgeControl({ edge, label, ms, cut }: { edge: Edge; label: string; ms: number; cut: Cut }) {
  const nudge = (by: number) => cut.nudge(edge, by);
  return (
    <fieldset className={classes.edge} aria-label={label}>
      <ActionIcon variant="default" onClick={() => nudge(-1)} aria-label={`${label} one frame earlier`}>
        <IconChevronLeft size={22} />
      </ActionIcon>
      <span className={classes.time}>{preciseClock(ms)}</span>
      <ActionIcon variant="default" onClick={() => nudge(1)} aria-label={`${label} one frame later`}>
        <IconChevronRight size={22} />
      </ActionIcon>
    </fieldset>
  );
}

function length({ startMs, endMs }: Draft): string {
  const seconds = (endMs - startMs) / 1000;
  if (seconds * 1000 >= LONGEST_MS - 50) return "10 min, as long as a clip can be";
  const digits = seconds < 1 ? 2 : seconds < 10 ? 1 : 0;
  return seconds < 60 ? `${seconds.toFixed(digits)} s` : preciseClock(endMs - startMs);
}
