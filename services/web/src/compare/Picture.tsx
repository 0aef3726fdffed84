import { ActionIcon, Loader, Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconPlayerPlayFilled, IconVolume, IconVolumeOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Side } from "~/compare/films";
import { placeOn, type SideName } from "~/compare/line";
import { usePair, usePairState } from "~/compare/usePair";
import { useCountsWatching } from "~/videos/ownWatches";
import { Picture as Film, Trouble } from "~/watch/player/Film";
import film from "~/watch/player/Film.module.css";
import { PlayerContext, usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import { framesQuery } from "~/watch/timeline/queries";
import classes from "./Picture.module.css";

const route = getRouteApi("/inside/action-steps/$id/compare");

interface PictureProps {
  side: SideName;
  film: Side;
  /** What can stand here instead; the one on the other side can't. */
  others: Side[];
  taken: string;
}

/** One of the two: its picture, whose it is, and whether it is heard. */
export function Picture(props: PictureProps) {
  const pair = usePair();
  return (
    <PlayerContext value={pair.players[props.side]}>
      <Shown {...props} />
    </PlayerContext>
  );
}

function Shown({ side, film: shown, others, taken }: PictureProps) {
  const { knot, name } = shown;
  const pair = usePair();
  const player = usePlayer();
  const { mp4, hls } = knot.playback;
  const { data: table } = useQuery(framesQuery(knot.frames));
  const tellsMs = usePlayerState((state) => state.durationMs);
  const trouble = usePlayerState((state) => state.trouble);
  useCountsWatching(player, { video: knot.video, clip: knot.clip });

  useEffect(() => {
    if (table) player.setFrames(table);
  }, [player, table]);
  useEffect(() => {
    const { line, lengths } = pair.store.get();
    player.load({ mp4, hls }, placeOn(line, lengths, side, pair.nowMs));
  }, [pair, player, side, mp4, hls]);
  useEffect(() => pair.setLength(side, table?.durationMs ?? tellsMs), [pair, side, table, tellsMs]);

  return (
    <section className={classes.side} data-side={side} aria-label={name}>
      <div className={classes.picture}>
        {knot.poster && <img className={film.poster} src={knot.poster} alt="" />}
        <Film title={name} url={mp4} captions={[]} />
        {trouble ? <Trouble sentence={trouble} /> : <Press name={name} />}
      </div>
      <div className={classes.over}>
        <Choice side={side} film={shown} others={others.filter(({ id }) => id !== taken)} />
        {knot.has_audio !== false && <Sound side={side} name={name} />}
      </div>
    </section>
  );
}

/** The whole picture plays and pauses both. */
function Press({ name }: { name: string }) {
  const pair = usePair();
  const playing = usePairState((state) => state.playing);
  const waiting = usePairState((state) => state.waiting);
  return (
    <button
      type="button"
      className={film.big}
      data-playing={playing || undefined}
      tabIndex={-1}
      onClick={() => pair.toggle()}
      aria-label={`${playing ? "Pause" : "Play"} both: ${name}`}
    >
      {playing && waiting ? (
        <Loader color="#fffdf8" size={44} className={film.late} />
      ) : (
        <span className={film.sign}>
          <IconPlayerPlayFilled size={34} aria-hidden="true" />
        </span>
      )}
    </button>
  );
}

/** Which film stands here. */
function Choice({ side, film: shown, others }: { side: SideName; film: Side; others: Side[] }) {
  const { name, about } = shown;
  const navigate = route.useNavigate();
  if (others.length < 2)
    return (
      <span className={classes.name}>
        <Name of={shown} />
      </span>
    );
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.name} aria-label={`${name}, ${about}. Choose another film`}>
          <Name of={shown} /> <IconChevronDown size={20} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map((one) => (
          <Menu.Item
            key={one.id}
            aria-current={one.name === name || undefined}
            onClick={() => void navigate({ search: (now) => ({ ...now, [side]: one.id }), replace: true })}
          >
            {one.name}
            <small className={classes.about}>{one.about}</small>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Its name, as short as the picture is narrow. */
function Name({ of: { name, short } }: { of: Side }) {
  return (
    <>
      <span className={classes.whole}>{name}</span>
      <span className={classes.short}>{short}</span>
    </>
  );
}

/** One of the two is heard, or neither. */
function Sound({ side, name }: { side: SideName; name: string }) {
  const pair = usePair();
  const on = usePairState(({ sound }) => sound === side);
  return (
    <ActionIcon
      className={classes.sound}
      aria-label={`Sound of ${name}`}
      aria-pressed={on}
      onClick={() => pair.setSound(on ? "none" : side)}
    >
      {on ? <IconVolume size={24} /> : <IconVolumeOff size={24} />}
    </ActionIcon>
  );
}
