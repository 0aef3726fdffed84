import { useEffect, useRef, useState } from "react";
import { Problem } from "~/api/problem";
import type { Meeting } from "~/api/types";
import { useChangeMeeting } from "~/meetings/api";
import { bothOf } from "~/meetings/notes/both";
import { useSaver } from "~/shared/useSaver";

/**
 * The notes of a meeting, which both may be writing. The server puts changes of different lines together; of the
 * same lines it tells what stands there, and she chooses. While she writes nothing moves under her fingers; a field
 * that nobody is in shows what the server has.
 */
export function useNotes(meeting: Meeting) {
  const change = useChangeMeeting(meeting.id);
  /** What she began from, as far as the server knows it. */
  const begun = useRef(meeting.notes);
  const inside = useRef(false);
  const gone = useRef(false);
  const [draft, setDraft] = useState<string>();
  const [theirs, setTheirs] = useState<string>();

  const keep = async (notes: string) => {
    await change.mutateAsync({ notes, notes_before: begun.current });
    begun.current = notes;
    setTheirs(undefined);
    if (!inside.current && saver.get().unsaved.notes === notes) setDraft(undefined);
  };
  const saver = useSaver<{ notes: string }>(async ({ notes = "" }) => {
    try {
      await keep(notes);
    } catch (problem) {
      const present = problem instanceof Problem ? problem.present : undefined;
      if (present === undefined) throw problem;
      begun.current = gone.current ? present : begun.current;
      // Who has left the page chooses nothing any more, and loses nothing either.
      if (gone.current) return keep(bothOf(present, notes));
      setTheirs(present);
      throw problem;
    }
  });
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const isSaved = () => saver.get().unsaved.notes === undefined;
  const write = (notes: string, now = false) => {
    setDraft(notes);
    saver.change({ notes }, { now });
  };
  /** Having seen both, she goes on from theirs. */
  const choose = (notes: string) => {
    begun.current = theirs ?? begun.current;
    setTheirs(undefined);
    write(notes, true);
  };
  const mine = draft ?? meeting.notes;
  return {
    saver,
    text: mine,
    /** What stands on the server where the two can’t both be kept without her. */
    theirs,
    write,
    enter: () => {
      inside.current = true;
      if (!isSaved()) return;
      begun.current = meeting.notes;
      setDraft(meeting.notes);
    },
    leave: () => {
      inside.current = false;
      saver.flush();
      if (isSaved()) setDraft(undefined);
    },
    keepBoth: () => choose(bothOf(theirs ?? "", mine)),
    keepMine: () => choose(mine),
    takeTheirs: () => choose(theirs ?? ""),
  };
}

export type Notes = ReturnType<typeof useNotes>;
