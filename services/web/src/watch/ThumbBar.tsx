import { IconScissors } from "@tabler/icons-react";
import type { Video } from "~/api/types";
import classes from "./WatchPage.module.css";

interface ThumbBarProps {
  rights: Video["rights"];
  onMoment: () => void;
  onClip: () => void;
}

/** The one thing a thumb must always find: mark this moment. */
export function ThumbBar({ rights, onMoment, onClip }: ThumbBarProps) {
  if (!rights.mark && !rights.clip) return null;
  return (
    <div className={classes.thumb} data-thumb>
      {rights.clip && (
        <button type="button" className={classes.cutButton} onClick={onClip}>
          <IconScissors size={22} stroke={1.8} aria-hidden="true" />
          Clip <kbd className={classes.keys}>C</kbd>
        </button>
      )}
      {rights.mark && (
        <button type="button" className={classes.moment} onClick={onMoment}>
          <span className={classes.penny} aria-hidden="true" />
          Moment <kbd className={classes.keys}>M</kbd>
        </button>
      )}
    </div>
  );
}
