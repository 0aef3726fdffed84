import { Textarea } from "@mantine/core";
import type { Ref } from "react";
import { clock } from "~/shared/time";
import { UnmetHint } from "~/terms/UnmetHint";
import { useHalfWritten } from "~/watch/moments/useHalfWritten";
import { usePlayer } from "~/watch/player/usePlayer";
import classes from "./NoteBox.module.css";

interface NoteBoxProps {
  videoId: string;
  inputRef: Ref<HTMLTextAreaElement>;
  onNote: (atMs: number, text: string) => void;
}

/** A note typed while the film goes on. It belongs to the time of its first key. */
export function NoteBox({ videoId, inputRef, onNote }: NoteBoxProps) {
  const player = usePlayer();
  const [note, setNote] = useHalfWritten<{ text: string; atMs: number }>(`note.${videoId}`);
  const keep = () => {
    if (note?.text.trim()) onNote(note.atMs, note.text.trim());
    setNote(null);
  };
  return (
    <div className={classes.box}>
      <Textarea
        ref={inputRef}
        aria-label="Note"
        minRows={1}
        maxRows={5}
        maxLength={5000}
        placeholder="Write a note (N); the film goes on"
        value={note?.text ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setNote(value ? { text: value, atMs: note?.atMs ?? player.nowMs } : null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            setNote(null);
            event.currentTarget.blur();
          }
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          event.currentTarget.blur();
          keep();
        }}
      />
      <UnmetHint text={note?.text ?? ""} />
      <span className={classes.at} role="status">
        {note ? `At ${clock(note.atMs)} · Enter to keep it, Esc to drop it` : ""}
      </span>
    </div>
  );
}
