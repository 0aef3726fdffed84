import { ActionIcon, Button, Textarea } from "@mantine/core";
import { IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import classes from "./LineList.module.css";

export interface EditedLine {
  key: number;
  text: string;
  /** Which criterion it was, so that whatever points at it goes on doing so. */
  id?: string;
}

interface LineListProps {
  legend: string;
  /** One of them, as a label: “Success criterion 2”. */
  one: string;
  hint?: string;
  lines: EditedLine[];
  onChange: (lines: EditedLine[]) => void;
}

/** Texts in an order: each can be reworded, moved up and left out. */
export function LineList({ legend, one, hint, lines, onChange }: LineListProps) {
  const add = () => onChange([...lines, { key: Math.max(-1, ...lines.map(({ key }) => key)) + 1, text: "" }]);
  const up = (place: number) => {
    const moved = [...lines];
    moved.splice(place - 1, 0, ...moved.splice(place, 1));
    onChange(moved);
  };
  return (
    <fieldset className={classes.lines}>
      <legend>{legend}</legend>
      {hint && <p className={classes.hint}>{hint}</p>}
      {lines.map((line, place) => (
        <div key={line.key} className={classes.line}>
          <Textarea
            className={classes.grow}
            minRows={1}
            aria-label={`${one} ${place + 1}`}
            value={line.text}
            onChange={(event) => {
              const text = event.currentTarget.value;
              onChange(lines.map((other) => (other.key === line.key ? { ...other, text } : other)));
            }}
          />
          <ActionIcon
            color="gray"
            disabled={place === 0}
            aria-label={`Move ${one.toLowerCase()} ${place + 1} up`}
            onClick={() => up(place)}
          >
            <IconArrowUp size={20} />
          </ActionIcon>
          <ActionIcon
            color="gray"
            aria-label={`Leave out ${one.toLowerCase()} ${place + 1}`}
            onClick={() => onChange(lines.filter(({ key }) => key !== line.key))}
          >
            <IconX size={20} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="subtle" leftSection={<IconPlus size={20} />} onClick={add}>
        Add one
      </Button>
    </fieldset>
  );
}

/** The texts of a list as lines to edit. */
export function linesOf(texts: { id?: string; text: string }[]): EditedLine[] {
  return texts.map((line, key) => ({ key, ...line }));
}

/** What was written, without lines that were left empty. */
export function textsOf(lines: EditedLine[]): string[] {
  return lines.map(({ text }) => text.trim()).filter(Boolean);
}
