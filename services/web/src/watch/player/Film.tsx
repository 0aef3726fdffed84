import { Button, Loader } from "@mantine/core";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { useCallback, useLayoutEffect, useState } from "react";
import { createPortal } from "react-dom";
import { takeAhead } from "~/watch/player/ahead";
import { usePlayer, usePlayerState } from "~/watch/player/usePlayer";
import classes from "./Film.module.css";

const WIDE = 16 / 9;

interface Caption {
  language: string;
  label: string;
  url: string;
}

interface FilmProps {
  title: string;
  /** Its MP4, where there is one: it may have been opened before this page was there. */
  url: string | null | undefined;
  poster: string | null;
  /** Width by height, where it is known before the film comes: it keeps the page still. */
  aspect: number | null;
  captions?: Caption[];
  /** Where the film's chapters are, as a WebVTT track. */
  chapters?: string;
}

/** The picture. Until the wanted frame is there its poster stands in, never the film's first frame. */
export function Film({ title, url, poster, aspect, captions = [], chapters }: FilmProps) {
  const trouble = usePlayerState((state) => state.trouble);
  const coming = usePlayerState((state) => state.coming);
  const ownAspect = usePlayerState((state) => state.aspect);
  return (
    <div className={classes.stage} style={{ "--aspect": aspect ?? ownAspect ?? WIDE } as React.CSSProperties}>
      <div className={classes.frame}>
        {poster && <img className={classes.poster} src={poster} alt="" />}
        <Picture title={title} url={url} captions={captions} chapters={chapters} />
        {trouble ? <Trouble sentence={trouble} /> : <BigButton />}
        {coming && !trouble && (
          <p className={classes.coming} role="status">
            This part of the film is still being prepared. It opens here by itself.
          </p>
        )}
      </div>
    </div>
  );
}

/** The `<video>` itself. Made by hand, so that it may be one that was opened before the page was there. */
export function Picture({ title, url, captions, chapters }: Omit<FilmProps, "poster" | "aspect">) {
  const player = usePlayer();
  const shown = usePlayerState((state) => state.shown);
  const [video] = useState(() => newVideo(url));
  const place = useCallback(
    (host: HTMLDivElement) => {
      host.append(video);
      return player.attach(video);
    },
    [player, video],
  );
  useLayoutEffect(() => {
    video.setAttribute("aria-label", title);
    video.toggleAttribute("data-shown", shown);
  }, [video, title, shown]);
  return (
    <div ref={place}>
      {createPortal(
        <>
          {captions?.map((caption) => (
            <track
              key={caption.language}
              kind="captions"
              srcLang={caption.language}
              label={caption.label}
              src={caption.url}
            />
          ))}
          {chapters && <track kind="chapters" label="Criteria" src={chapters} />}
        </>,
        video,
      )}
    </div>
  );
}

function newVideo(url: FilmProps["url"]): HTMLVideoElement {
  const video = takeAhead(url) ?? document.createElement("video");
  video.className = classes.video ?? "";
  video.playsInline = true;
  video.preload = "auto";
  video.tabIndex = -1;
  return video;
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

export function Trouble({ sentence }: { sentence: string }) {
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
