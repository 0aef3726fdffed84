import { ActionIcon, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { stepsQuery } from "~/library/api";
import classes from "./StepPicker.module.css";

const TYPING_MS = 200;
const SHOWN = 5;

export interface PickedStep {
  id: string;
  wording: string;
}

interface StepPickerProps<Picked extends PickedStep> {
  legend: string;
  steps: Picked[];
  onChange: (steps: (Picked | PickedStep)[]) => void;
  /** What else can be said of a step that was picked, and done with it. */
  beside?: (step: Picked, place: number) => ReactNode;
}

/** Some steps, found by plain words. */
export function StepPicker<Picked extends PickedStep>(props: StepPickerProps<Picked>) {
  const { legend, steps, onChange, beside } = props;
  const [q, setQ] = useState("");
  const [asked] = useDebouncedValue(q.trim(), TYPING_MS);
  const { data = [], isPlaceholderData } = useQuery({ ...stepsQuery({ q: asked }), enabled: asked !== "" });
  // What an earlier word found would be picked by mistake.
  const found = isPlaceholderData || asked !== q.trim() ? [] : data;
  const open = found.filter(({ id }) => steps.every((step) => step.id !== id)).slice(0, SHOWN);
  return (
    <fieldset className={classes.picker}>
      <legend>{legend}</legend>
      {steps.length > 0 && (
        <ol className={classes.picked}>
          {steps.map((step, place) => (
            <li key={step.id}>
              <span className={classes.words}>{step.wording}</span>
              {beside?.(step, place)}
              <ActionIcon
                color="gray"
                aria-label={`Leave out “${step.wording}”`}
                onClick={() => onChange(steps.filter(({ id }) => id !== step.id))}
              >
                <IconX size={20} />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
      <TextInput
        type="search"
        aria-label={`Find a step: ${legend}`}
        placeholder="Find a step in plain words"
        leftSection={<IconSearch size={20} aria-hidden="true" />}
        value={q}
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {asked && (
        <ul className={classes.found} aria-label="Steps that were found">
          {open.map(({ id, wording }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => {
                  onChange([...steps, { id, wording }]);
                  setQ("");
                }}
              >
                <IconPlus size={18} aria-hidden="true" /> {wording}
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
