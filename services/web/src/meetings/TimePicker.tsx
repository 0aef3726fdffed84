import { Button, TextInput } from "@mantine/core";
import { IconCalendarEvent } from "@tabler/icons-react";
import { useState } from "react";
import { forField, type Slot, slotWords } from "~/meetings/slots";
import classes from "./TimePicker.module.css";

interface TimePickerProps {
  label: string;
  slots: Slot[];
  value: string | null;
  onChange: (at: string | null) => void;
  disabled?: boolean;
}

/** A few sensible times, one tap each; any other by date and time. Pressing the chosen one takes it back. */
export function TimePicker({ label, slots, value, onChange, disabled }: TimePickerProps) {
  const chosen = value === null ? null : new Date(value);
  const other = chosen !== null && slots.every(({ at }) => at.getTime() !== chosen.getTime());
  const [typing, setTyping] = useState(false);
  const set = (text: string) => {
    const at = new Date(text);
    if (text && !Number.isNaN(at.getTime())) onChange(at.toISOString());
  };
  return (
    <fieldset className={classes.picker} disabled={disabled}>
      <legend>{label}</legend>
      <div className={classes.slots}>
        {slots.map(({ at, words }) => {
          const mine = chosen?.getTime() === at.getTime();
          return (
            <button
              key={words}
              type="button"
              className={classes.slot}
              aria-pressed={mine}
              onClick={() => onChange(mine ? null : at.toISOString())}
            >
              {upper(words)}
            </button>
          );
        })}
        {other && (
          <button type="button" className={classes.slot} aria-pressed onClick={() => onChange(null)}>
            {upper(slotWords(chosen))}
          </button>
        )}
        {!typing && (
          <Button
            variant="subtle"
            leftSection={<IconCalendarEvent size={20} />}
            onClick={() => setTyping(true)}
          >
            Another time
          </Button>
        )}
      </div>
      {typing && (
        <TextInput
          type="datetime-local"
          aria-label={`${label}: date and time`}
          className={classes.field}
          defaultValue={chosen ? forField(chosen) : ""}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )}
    </fieldset>
  );
}

function upper(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
