import { Button, Loader } from "@mantine/core";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import classes from "./Film.module.css";

const WIDE = 16 / 9;

interface FilmProps {
  title: string;
  poster: string | null;
  /** Width by height, where it is known before the film comes: it keeps the page still. */
  aspect: number | null;
  captions?: { language: string; label: string; url: string }[];
}

/** The picture. Until the wanted frame is there its poster stands in, never the film's first frame. */
export function Film({ title, poster, aspect, captions = [] }: FilmProps) {
  const player = usePlayer();
  const shown = usePlayerState((state) => state.shown);
  const trouble = usePlayerState((state) => state.trouble);
  const ownAspect = usePlayerState((state) => state.aspect);
  return (
    <div className={classes.stage} style={{ "--aspect": aspect ?? ownAspect ?? WIDE } as React.CSSProperties}>
      <div className={classes.frame}>
        {poster && <img className={classes.poster} src={poster} alt="" />}
        {/* biome-ignore lint/a11y/useMediaCaption: films have captions only where somebody has added them */}
        <video
          ref={player.attach}
          className={classes.video}
          data-shown={shown || undefined}
          aria-label={title}
          playsInline
          preload="auto"
          tabIndex={-1}
        >
          {captions.map(({ language, label, url }) => (
            <track key={language} kind="captions" srcLang={language} label={label} src={url} />
          ))}
        </video>
        {trouble ? <Trouble sentence={trouble} /> : <BigButton />}
      </div>
    </div>
  );
}

/** The whole picture is the play button; its sign shows while the film stands still. */
function BigButton() {
  const player = usePlayer();
  const playing = usePlayerState((state) => state.playing);
  const waiting = usePlayerState((state) => state.waiting && state.playing);
  const shown = usePlayerState((state) => state.shown);
  return (
    <button
      type="button"
      className={classes.big}
      data-playing={playing || undefined}
      onClick={() => player.toggle()}
      aria-label={playing ? "Pause" : "Play"}
    >
      {waiting || (!shown && playing) ? (
        <Loader color="#fffdf8" size={44} className={classes.late} />
      ) : (
        <span className={classes.sign}>
          <IconPlayerPlayFilled size={34} aria-hidden="true" />
        </span>
      )}
    </button>
  );
}

function Trouble({ sentence }: { sentence: string }) {
  const player = usePlayer();
  return (
    <div className={classes.trouble} role="alert">
      <p>{sentence}</p>
      <Button variant="white" color="dark" onClick={player.retryNow}>
        Try again
      </Button>
    </div>
  );
}
