import { Button } from "@mantine/core";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useState } from "react";
import type { Meeting, Video } from "~/api/types";
import { bars, phaseAt, phaseLabel, roundWords } from "~/meetings/observed/phases";
import { Scrub } from "~/meetings/observed/Scrub";
import { late } from "~/shared/late";
import { clock, spoken } from "~/shared/time";
import { stateWords } from "~/videos/words";
import { Film } from "~/watch/player/Film";
import { Transport } from "~/watch/player/Transport";
import { PlayerContext, useNewPlayer, usePlace, usePlayer } from "~/watch/player/usePlayer";
import { framesQuery } from "~/watch/timeline/queries";
import classes from "./ObservedFilm.module.css";

const PhaseEditor = late(() => import("~/meetings/observed/PhaseEditor"), "PhaseEditor");

interface ObservedFilmProps {
  film: Video;
  counts: Meeting["counts"];
  /** The meeting whose phases may be marked by this person. */
  meeting?: string;
}

/** The film of a meeting with its phases: where each is, how long it took, how often they tried. */
export function ObservedFilm(props: ObservedFilmProps) {
  const player = useNewPlayer();
  const { film } = props;
  if (!(film.playback.mp4 || film.playback.hls) || film.duration_ms === null) {
    return (
      <p className={classes.waiting} role="status">
        {stateWords(film) ?? "This film is being prepared. You can watch it in a moment."}
      </p>
    );
  }
  return (
    <PlayerContext value={player}>
      <Watched {...props} durationMs={film.duration_ms} />
    </PlayerContext>
  );
}

function Watched({ film, counts, meeting, durationMs }: ObservedFilmProps & { durationMs: number }) {
  const player = usePlayer();
  const { mp4, hls } = film.playback;
  const { data: table } = useQuery(framesQuery(film.frames));
  const [marking, setMarking] = useState(false);
  useEffect(() => {
    if (table) player.setFrames(table);
  }, [player, table]);
  useEffect(() => player.load({ mp4, hls }), [player, mp4, hls]);
  const aspect = film.width && film.height ? film.width / film.height : null;
  const jump = (ms: number) => {
    player.seek(ms);
    void player.play();
  };
  return (
    <div className={classes.observed}>
      <div className={classes.film}>
        <Film title={film.title} url={mp4} poster={film.poster} aspect={aspect} captions={film.captions} />
        <PhaseBar counts={counts} durationMs={durationMs} onJump={jump} />
        <Scrub durationMs={durationMs} />
        <Transport durationMs={durationMs} />
      </div>
      <div className={classes.beside}>
        {marking && meeting ? (
          <Suspense>
            <PhaseEditor meeting={meeting} spans={counts.phases} onDone={() => setMarking(false)} />
          </Suspense>
        ) : (
          <>
            <Facts counts={counts} durationMs={durationMs} onJump={jump} />
            {meeting && (
              <Button variant="default" onClick={() => setMarking(true)}>
                {counts.phases.length > 0 ? "Change where phases begin" : "Say where each phase begins"}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}

interface PhasesProps {
  counts: Meeting["counts"];
  durationMs: number;
  onJump: (ms: number) => void;
}

function PhaseBar({ counts, durationMs, onJump }: PhasesProps) {
  const now = usePlace((ms) => phaseAt(counts.phases, ms));
  if (counts.phases.length === 0) return null;
  return (
    <div className={classes.bar} aria-hidden="true">
      {bars(counts.phases, durationMs).map(({ phase, start_ms, left, width }, place) => (
        <button
          key={start_ms}
          type="button"
          tabIndex={-1}
          className={classes.span}
          data-lit={place === now || undefined}
          style={{ left: `${left}%`, width: `${width}%` }}
          onClick={() => onJump(start_ms)}
        >
          <span className={classes.word}>{phaseLabel(phase)}</span>
        </button>
      ))}
    </div>
  );
}

/** Minutes and rounds, for thinking about how it went. Never a score. */
function Facts({ counts, durationMs, onJump }: PhasesProps) {
  const now = usePlace((ms) => phaseAt(counts.phases, ms));
  return (
    <>
      {counts.phases.length > 0 ? (
        <ol className={classes.phases} aria-label="Phases of the meeting">
          {bars(counts.phases, durationMs).map(({ phase, start_ms, end_ms }, place) => (
            <li key={start_ms}>
              <button
                type="button"
                className={classes.phase}
                aria-current={place === now || undefined}
                onClick={() => onJump(start_ms)}
              >
                <IconPlayerPlayFilled size={18} aria-hidden="true" />
                <b>{phaseLabel(phase)}</b>
                <span>
                  from {clock(start_ms)}, {spoken(end_ms - start_ms)}
                </span>
              </button>
            </li>
          ))}
        </ol>
      ) : (
        <p className={classes.quiet}>Nobody has said yet where its phases begin.</p>
      )}
      {counts.models + counts.rehearsals > 0 && <p className={classes.quiet}>{roundWords(counts)}.</p>}
    </>
  );
}
