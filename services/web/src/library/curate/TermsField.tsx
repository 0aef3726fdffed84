import { Checkbox } from "@mantine/core";
import classes from "./TermsField.module.css";

interface TermsFieldProps {
  known: { id: string; name: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** The terms of the shared language that a step introduces. */
export function TermsField({ known, chosen, onChange }: TermsFieldProps) {
  if (known.length === 0) return null;
  return (
    <details className={classes.terms}>
      <summary>Our words that it introduces ({chosen.length})</summary>
      <Checkbox.Group value={chosen} onChange={onChange}>
        <div className={classes.list}>
          {known.map(({ id, name }) => (
            <Checkbox key={id} value={id} label={name} size="md" />
          ))}
        </div>
      </Checkbox.Group>
    </details>
  );
}
