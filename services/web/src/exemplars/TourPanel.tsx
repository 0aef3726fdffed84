import { Button } from "@mantine/core";
import type { Tour } from "~/exemplars/useTour";
import classes from "./TourPanel.module.css";

/** Beside the film on its second watching: what to look for, then a question to talk about. */
export function TourPanel({ tour, count }: { tour: Tour; count: number }) {
  const { leg, waits } = tour;
  if (!leg) return null;
  const { chapter, prompt } = leg;
  return (
    <div className={classes.panel}>
      <p className={classes.label}>
        {waits ? "You saw" : "Look for"} · {tour.number + 1} of {count}
      </p>
      <p className={classes.criterion}>
        <b>{chapter.position}</b> {chapter.text}
      </p>
      {chapter.note && <p className={classes.note}>{chapter.note}</p>}
      <div role="status">{waits && <p className={classes.prompt}>{prompt}</p>}</div>
      <div className={classes.actions}>
        {waits && (
          <>
            <Button onClick={tour.goOn}>{tour.isLast ? "That was all of it" : "Go on"}</Button>
            <Button variant="default" onClick={tour.again}>
              See it again
            </Button>
          </>
        )}
        {!(waits && tour.isLast) && (
          <Button variant="subtle" color="gray" onClick={tour.end}>
            Stop here
          </Button>
        )}
      </div>
    </div>
  );
}
