import type { Video } from "~/api/types";
import { Film } from "~/watch/player/Film";
import { Transport } from "~/watch/player/Transport";
import { ThumbBar } from "~/watch/ThumbBar";
import { Timeline } from "~/watch/timeline/Timeline";
import type { Desk } from "~/watch/useDesk";
import classes from "./WatchPage.module.css";

/** The film with its timeline and its player. */
export function Stage({ video, desk }: { video: Video; desk: Desk }) {
  const { moments, clips, clipping, marking, litKey, playingClip, durationMs } = desk;
  const { draft, inMs } = clipping.cut;
  return (
    <div className={classes.watch} data-stage>
      <Film
        title={video.title}
        url={video.playback.mp4}
        poster={video.poster}
        aspect={video.width && video.height ? video.width / video.height : null}
        captions={video.captions}
      />
      <div className={classes.strip}>
        <Timeline
          durationMs={durationMs}
          dots={moments.list.map(({ key, startMs }) => ({
            key,
            startMs,
            lit: key === litKey,
            fresh: key === marking.fresh,
          }))}
          bars={(clips.data ?? []).map(({ id, start_ms, end_ms }) => ({
            key: id,
            startMs: start_ms,
            endMs: end_ms,
            lit: id === playingClip?.id,
          }))}
          cut={draft ?? (inMs === null ? null : { startMs: inMs })}
          onDot={(key) => {
            const moment = moments.find(key);
            if (moment) desk.playMoment(moment);
          }}
          {...desk.extras}
        />
      </div>
      <div className={classes.below}>
        <Transport durationMs={durationMs} />
        {desk.isLaptop && <ThumbBar rights={video.rights} onMoment={desk.mark} onClip={desk.clipHere} />}
      </div>
    </div>
  );
}
