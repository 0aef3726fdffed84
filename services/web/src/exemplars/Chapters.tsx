import { IconPlayerPlayFilled } from "@tabler/icons-react";
import type { Chapter } from "~/api/types";
import { chapterAt } from "~/exemplars/tour";
import { clock } from "~/shared/time";
import { usePlace } from "~/watch/player/usePlayer";
import classes from "./Chapters.module.css";

interface ChaptersProps {
  chapters: Chapter[];
  offsetMs: number;
  onPlay: (id: string) => void;
}

/** “Show me criterion 2”: each is a tap away, and the one that is on is lit. */
export function Chapters({ chapters, offsetMs, onPlay }: ChaptersProps) {
  const lit = usePlace((ms) => chapterAt(chapters, ms - offsetMs)?.id ?? null);
  return <ChapterList chapters={chapters} lit={lit} onPlay={onPlay} />;
}

/** The same before there is a player. */
export function ChapterList({
  chapters,
  lit = null,
  onPlay,
}: {
  chapters: Chapter[];
  lit?: string | null;
  onPlay: (id: string) => void;
}) {
  if (chapters.length === 0) return null;
  return (
    <ul className={classes.chapters} aria-label="Where to see each criterion">
      {chapters.map((chapter) => (
        <li key={chapter.id}>
          <button
            type="button"
            className={classes.chapter}
            aria-current={chapter.id === lit || undefined}
            onClick={() => onPlay(chapter.id)}
          >
            <span className={classes.number}>
              <span className="visually-hidden">Show criterion </span>
              {chapter.position}
            </span>
            <span>
              {chapter.text}
              {chapter.note && <small>{chapter.note}</small>}
            </span>
            <span className={classes.time}>
              <IconPlayerPlayFilled size={14} aria-hidden="true" /> {clock(chapter.start_ms)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
