import { useEffect } from "react";
import type { Clip } from "~/api/types";
import { useCountsWatching } from "~/videos/ownWatches";
import type { Command } from "~/watch/keys";
import { Film } from "~/watch/player/Film";
import type { Player } from "~/watch/player/Player";
import { Transport } from "~/watch/player/Transport";
import { PlayerContext, useNewPlayer } from "~/watch/player/usePlayer";
import { useKeys } from "~/watch/useKeys";
import classes from "./ClipFilm.module.css";

/** A clip from its own file: over and over, as slowly as one likes, frame by frame. */
export function ClipFilm({ clip, url }: { clip: Clip; url: string }) {
  const player = useNewPlayer();
  useCountsWatching(player, { video: clip.video, clip: clip.id });
  const lengthMs = clip.end_ms - clip.start_ms;

  useEffect(() => {
    player.load({ mp4: url });
    player.playSpan({ startMs: 0, endMs: lengthMs }, { loop: true });
  }, [player, url, lengthMs]);

  useKeys((command) => KEYS[command]?.(player));

  return (
    <PlayerContext value={player}>
      <div className={classes.film}>
        <Film title={clip.title} url={url} poster={clip.poster} aspect={null} />
        <Transport durationMs={lengthMs} />
      </div>
    </PlayerContext>
  );
}

const KEYS: Partial<Record<Command, (player: Player) => void>> = {
  toggle: (player) => player.toggle(),
  pause: (player) => player.pause(),
  frameBack: (player) => player.step(-1),
  frameOn: (player) => player.step(1),
  secondBack: (player) => player.jumpBy(-1000),
  secondOn: (player) => player.jumpBy(1000),
};
