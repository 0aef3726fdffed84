import { Button, Textarea } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type Ref, useEffect, useRef, useState } from "react";
import type { ActionStep } from "~/api/types";
import { UnmetHint } from "~/terms/UnmetHint";
import { Chips } from "~/watch/Chips";
import { KINDS } from "~/watch/moments/kinds";
import type { Words } from "~/watch/moments/unsaved";
import type { ShownMoment } from "~/watch/moments/useMoments";
import classes from "./MomentEditor.module.css";

interface MomentEditorProps {
  moment: ShownMoment;
  /** The step whose criteria a moment can hang on. */
  step: ActionStep | undefined;
  textRef?: Ref<HTMLTextAreaElement>;
  onChange: (change: Partial<Words>) => void;
  onDone: () => void;
  onRemove: () => void;
}

const REST_MS = 700;

/** Says more about a moment. Every change is kept by itself; there is nothing to submit. */
export function MomentEditor({ moment, step, textRef, onChange, onDone, onRemove }: MomentEditorProps) {
  const [text, setText] = useSettling(moment.text, (value) => onChange({ text: value }));
  return (
    <div className={classes.editor}>
      <Chips
        label="Kind of moment"
        layout="even"
        options={KINDS.map(({ kind, label, icon }) => ({ value: kind, label, icon }))}
        value={moment.kind}
        onChange={(kind) => kind && onChange({ kind })}
      />
      <Textarea
        ref={textRef}
        aria-label="Say more"
        placeholder="Say more, or leave it at that"
        value={text}
        maxRows={6}
        maxLength={5000}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          const isDone = event.key === "Escape" || (event.key === "Enter" && !event.shiftKey);
          if (!isDone || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.blur();
          onDone();
        }}
      />
      <UnmetHint text={text} />
      {step && step.criteria.length > 0 && (
        <Chips
          label="Shows the criterion"
          showLabel
          options={step.criteria.map(({ id, text: words }) => ({ value: id, label: words }))}
          value={moment.criterion}
          onChange={(criterion) => onChange({ criterion })}
          canClear
          layout="stacked"
        />
      )}
      <div className={classes.foot}>
        <Button variant="subtle" color="gray" leftSection={<IconTrash size={20} />} onClick={onRemove}>
          Delete
        </Button>
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}

/** A text that is told on when typing rests, and at the latest when the field or the page goes away. */
function useSettling(given: string, tell: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(given);
  const untold = useRef<{ text: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const latestTell = useRef(tell);
  useEffect(() => {
    latestTell.current = tell;
  });
  useEffect(() => {
    const tellNow = () => {
      if (!untold.current) return;
      clearTimeout(untold.current.timer);
      latestTell.current(untold.current.text);
      untold.current = null;
    };
    window.addEventListener("pagehide", tellNow);
    return () => {
      window.removeEventListener("pagehide", tellNow);
      tellNow();
    };
  }, []);
  const change = (next: string) => {
    setText(next);
    clearTimeout(untold.current?.timer);
    const timer = setTimeout(() => {
      untold.current = null;
      latestTell.current(next);
    }, REST_MS);
    untold.current = { text: next, timer };
  };
  return [text, change];
}
