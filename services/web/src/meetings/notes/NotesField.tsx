import { Button, Textarea } from "@mantine/core";
import type { Notes } from "~/meetings/notes/useNotes";
import classes from "./NotesField.module.css";

interface NotesFieldProps {
  label: string;
  placeholder?: string;
  notes: Notes;
}

/** A field that both may write in; where both changed the same words, theirs stand beneath hers. */
export function NotesField({ label, placeholder, notes }: NotesFieldProps) {
  return (
    <>
      <Textarea
        size="lg"
        label={label}
        placeholder={placeholder}
        value={notes.text}
        onChange={(event) => notes.write(event.currentTarget.value)}
        onFocus={notes.enter}
        onBlur={notes.leave}
      />
      {notes.theirs !== undefined && <Theirs theirs={notes.theirs} notes={notes} />}
    </>
  );
}

function Theirs({ theirs, notes }: { theirs: string; notes: Notes }) {
  return (
    <section className={classes.theirs} aria-label="Written at the same time">
      <p role="status">While you wrote, this was written too. Yours is still here. What shall stay?</p>
      <blockquote className={classes.words}>{theirs || "Nothing: what was here was taken out."}</blockquote>
      <div className={classes.choices}>
        <Button onClick={notes.keepBoth}>Keep both</Button>
        <Button variant="default" onClick={notes.keepMine}>
          Keep mine
        </Button>
        <Button variant="default" onClick={notes.takeTheirs}>
          Take theirs
        </Button>
      </div>
    </section>
  );
}
