import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Exemplar } from "~/api/types";
import { ChapterEditor } from "~/exemplars/ChapterEditor";
import { Chapters } from "~/exemplars/Chapters";
import { type Shown, shownOf } from "~/exemplars/shown";
import { TourPanel } from "~/exemplars/TourPanel";
import { legsOf } from "~/exemplars/tour";
import { useTour } from "~/exemplars/useTour";
import { useCountsWatching } from "~/videos/ownWatches";
import { Film } from "~/watch/player/Film";
import { Transport } from "~/watch/player/Transport";
import { PlayerContext, useNewPlayer, usePlayer } from "~/watch/player/usePlayer";
import { framesQuery } from "~/watch/timeline/queries";
import classes from "./ModelFilm.module.css";

/** How somebody asked to begin: the whole of it, criterion by criterion, or at one of them. */
export type Begin = "whole" | "criteria" | { chapter: string };

interface ModelFilmProps {
  exemplar: Exemplar;
  prompts: string[];
  criteria: { id: string; position: number; text: string }[];
  begin: Begin;
}

/** A model: watched once whole, then again from criterion to criterion; each of them a tap away. */
export function ModelFilm(props: ModelFilmProps) {
  const player = useNewPlayer();
  const shown = shownOf(props.exemplar);
  if (!shown) {
    return (
      <p className={classes.waiting} role="status">
        This film is being prepared. You can watch it in a moment.
      </p>
    );
  }
  return (
    <PlayerContext value={player}>
      <Watched {...props} shown={shown} />
    </PlayerContext>
  );
}

function Watched({ exemplar, prompts, criteria, begin, shown }: ModelFilmProps & { shown: Shown }) {
  const player = usePlayer();
  const { offsetMs, durationMs } = shown;
  const { mp4, hls } = shown.playback;
  const { data: table } = useQuery(framesQuery(shown.frames));
  const { chapters } = exemplar;
  const tour = useTour(player, legsOf(chapters, prompts, durationMs), offsetMs);
  const [indexing, setIndexing] = useState(false);
  useCountsWatching(player, { video: exemplar.video?.id ?? null, clip: exemplar.clip?.id ?? null });

  useEffect(() => {
    if (table) player.setFrames(table);
  }, [player, table]);
  useEffect(() => player.load({ mp4, hls }, offsetMs), [player, mp4, hls, offsetMs]);

  const playWhole = () => {
    tour.end();
    player.playSpan({ startMs: offsetMs, endMs: offsetMs + durationMs });
  };
  const playChapter = (id: string) => {
    const chapter = chapters.find((one) => one.id === id);
    if (!chapter) return;
    tour.end();
    const endMs = offsetMs + (chapter.end_ms ?? durationMs);
    player.playSpan({ startMs: offsetMs + chapter.start_ms, endMs });
  };

  // What was pressed to open the film happens once it is there; afterwards the buttons below do.
  const [first] = useState(() => () => {
    if (begin === "whole") playWhole();
    else if (begin === "criteria") tour.begin();
    else playChapter(begin.chapter);
  });
  useEffect(first, [first]);

  return (
    <div className={classes.model} data-model>
      <div className={classes.film} data-indexing={indexing || undefined}>
        <Film
          title={exemplar.title}
          url={mp4}
          poster={shown.poster}
          aspect={shown.aspect}
          captions={exemplar.video?.captions}
          chapters={exemplar.chapters_url}
        />
        <Transport durationMs={durationMs} />
      </div>
      <div className={classes.beside}>
        {tour.leg ? (
          <TourPanel tour={tour} count={chapters.length} />
        ) : (
          <>
            {!indexing && (
              <>
                <div className={classes.ways}>
                  <Button onClick={playWhole}>Watch it once, whole</Button>
                  {chapters.length > 0 && (
                    <Button variant="default" onClick={tour.begin}>
                      Again, criterion by criterion
                    </Button>
                  )}
                </div>
                <Chapters chapters={chapters} offsetMs={offsetMs} onPlay={playChapter} />
              </>
            )}
            {indexing && <ChapterEditor exemplar={exemplar} criteria={criteria} offsetMs={offsetMs} />}
            {exemplar.rights.change && (
              <Button variant={indexing ? "filled" : "subtle"} onClick={() => setIndexing(!indexing)}>
                {indexing ? "Done" : "Say where each criterion is"}
              </Button>
            )}
          </>
        )}
      </div>
    </div>
  );
}
