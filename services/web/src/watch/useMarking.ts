import { notifications } from "@mantine/notifications";
import { useRef, useState } from "react";
import { sentence } from "~/api/problem";
import { ask } from "~/shared/ask";
import { clock } from "~/shared/time";
import { tenSecondsBefore } from "~/watch/moments/order";
import type { Words } from "~/watch/moments/unsaved";
import type { Moments, ShownMoment } from "~/watch/moments/useMoments";
import type { Player } from "~/watch/player/Player";

export interface Marking {
  /** The moment that is written about at present. */
  editing: string | null;
  /** The moment that was just marked: its penny drops. */
  fresh: string | null;
  /** The moment that was marked last; what was written about others, somebody chose to edit. */
  marked: string | null;
  mark: () => void;
  note: (atMs: number, text: string) => void;
  edit: (key: string | null) => void;
  change: (key: string, change: Partial<Words>) => void;
  remove: (moment: ShownMoment) => Promise<void>;
}

const FRESH_MS = 600;
/** A second press so soon after the first is a nervous thumb, not another moment. */
const SAME_PRESS_MS = 1000;

/** Marking moments while the film goes on. */
export function useMarking(player: Player, moments: Moments): Marking {
  const [editing, edit] = useState<string | null>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const [marked, setMarked] = useState<string | null>(null);
  const markedAt = useRef(Number.NEGATIVE_INFINITY);

  const drop = (key: string) => {
    setFresh(key);
    setTimeout(() => setFresh((now) => (now === key ? null : now)), FRESH_MS);
  };
  const tell = (error: unknown) =>
    notifications.show({ color: "red", title: "That wasn’t deleted", message: sentence(error) });

  return {
    editing,
    fresh,
    marked,
    edit(key) {
      setMarked(null);
      edit(key);
    },
    mark() {
      const pressedAt = performance.now();
      if (pressedAt - markedAt.current < SAME_PRESS_MS) return;
      markedAt.current = pressedAt;
      const key = moments.mark(tenSecondsBefore(player.nowMs));
      drop(key);
      setMarked(key);
      edit(key);
    },
    note(atMs, text) {
      drop(moments.mark({ startMs: atMs, endMs: null }, { text }));
    },
    change: moments.change,
    async remove(moment) {
      const hasWords = moment.text !== "" || (moment.saved?.replies.length ?? 0) > 0;
      const sure =
        !hasWords ||
        (await ask({
          title: `Delete this moment at ${clock(moment.startMs)}?`,
          detail: "What was said about it goes too. The film stays as it is.",
          yes: "Delete it",
          grave: true,
        }));
      if (!sure) return;
      edit(null);
      moments.remove(moment.key).catch(tell);
    },
  };
}
