import { IconMovie } from "@tabler/icons-react";
import { clock } from "~/shared/time";
import classes from "./Poster.module.css";

interface PosterProps {
  src: string | null | undefined;
  durationMs?: number | null;
  /** Film that is being prepared shimmers until it can be seen. */
  busy?: boolean;
}

/** A film's picture in a frame that never changes size, whatever shape the film has. */
export function Poster({ src, durationMs, busy = false }: PosterProps) {
  return (
    <div className={classes.frame} data-busy={busy || undefined}>
      {src ? (
        <img src={src} alt="" loading="lazy" decoding="async" />
      ) : (
        <IconMovie size={36} stroke={1.3} aria-hidden="true" />
      )}
      {durationMs ? <span className={classes.length}>{clock(durationMs)}</span> : null}
    </div>
  );
}
