import { IconCheck, IconRepeat, IconTrash } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { BigButton } from "~/filming/BigButton";
import type { Ending } from "~/filming/Recording";
import type { Take } from "~/filming/useRecording";
import type { Uploader } from "~/uploads/uploader";
import { useUploadsOf } from "~/uploads/useUploads";
import { uploadWords } from "~/uploads/words";
import classes from "./Review.module.css";

interface ReviewProps {
  take: Take;
  uploader: Uploader;
  onKeep: () => void;
  onAgain: () => void;
  onThrowAway: () => void;
}

const WHY: Record<Ending, string | undefined> = {
  asked: undefined,
  full: "This device ran out of room, so filming stopped. What you filmed until then is kept.",
  camera: "The camera was taken away, so filming stopped. What you filmed until then is kept.",
  failed: "Something went wrong, so filming stopped. What you filmed until then is kept.",
};

/** The film that was just made: look at it, keep it, go again, or throw it away. */
export function Review({ take, uploader, onKeep, onAgain, onThrowAway }: ReviewProps) {
  const upload = useUploadsOf(uploader).find(({ id }) => id === take.id);
  const source = useFilm(take.id, uploader);
  const why = WHY[take.ending];
  return (
    <section className={classes.page} aria-labelledby="review">
      {/* The film has no captions yet: it is seconds old. */}
      {/* biome-ignore lint/a11y/useMediaCaption: see above */}
      <video
        className={classes.film}
        src={source}
        controls
        playsInline
        preload="auto"
        onLoadedMetadata={(event) => findLength(event.currentTarget)}
      />
      <div className={classes.panel}>
        <h1 id="review">{upload ? "Here it is" : "Nothing was filmed"}</h1>
        {why && <p>{why}</p>}
        <p className={classes.way} role="status">
          {upload
            ? upload.state === "sent"
              ? "It has arrived safely."
              : uploadWords(upload, undefined)
            : ""}
        </p>
        <div className={classes.choices}>
          <BigButton kind="first" icon={<IconCheck size={22} />} onClick={onKeep} autoFocus>
            {upload ? "Keep it" : "Close"}
          </BigButton>
          <BigButton kind="plain" icon={<IconRepeat size={22} />} onClick={onAgain}>
            Again from the top
          </BigButton>
          {upload && (
            <BigButton kind="quiet" icon={<IconTrash size={22} />} onClick={onThrowAway}>
              Throw it away
            </BigButton>
          )}
        </div>
        {upload && <p className={classes.hint}>“Again from the top” keeps this take too.</p>}
      </div>
    </section>
  );
}

/** The film's own bytes on this device, kept there for as long as it is looked at. */
function useFilm(id: string, uploader: Uploader): string | undefined {
  const [source, setSource] = useState<string>();
  useEffect(() => {
    let url: string | undefined;
    let gone = false;
    void uploader.hold(id).then((film) => {
      if (gone || film.size === 0) return;
      url = URL.createObjectURL(film);
      setSource(url);
    });
    return () => {
      gone = true;
      if (url) URL.revokeObjectURL(url);
      uploader.letGo(id);
    };
  }, [id, uploader]);
  return source;
}

/** What a recorder writes doesn't say how long it is; a browser that looks for its end finds out. */
function findLength(video: HTMLVideoElement): void {
  if (Number.isFinite(video.duration)) return;
  video.addEventListener("durationchange", () => (video.currentTime = 0), { once: true });
  video.currentTime = Number.MAX_SAFE_INTEGER;
}
