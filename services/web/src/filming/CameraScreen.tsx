import { UnstyledButton } from "@mantine/core";
import { IconCameraRotate, IconListCheck, IconMicrophoneOff, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Picture } from "~/filming/camera";
import { Elapsed } from "~/filming/Elapsed";
import type { Recording } from "~/filming/Recording";
import { useCountdown } from "~/filming/useCountdown";
import classes from "./CameraScreen.module.css";

interface CameraScreenProps {
  title: string;
  criteria: string[];
  /** Undefined while the camera opens. */
  picture: Picture | undefined;
  recording: Recording | undefined;
  onBegin: (stream: MediaStream) => Promise<void>;
  onStop: () => void;
  onTurn: () => void;
  onClose: () => void;
}

/** What the camera sees, and the few things one needs while filming. */
export function CameraScreen({
  title,
  criteria,
  picture,
  recording,
  onBegin,
  onStop,
  onTurn,
  onClose,
}: CameraScreenProps) {
  const [peeking, setPeeking] = useState(false);
  const [failed, setFailed] = useState(false);
  const countdown = useCountdown(() => {
    setFailed(false);
    if (picture) onBegin(picture.stream).catch(() => setFailed(true));
  });
  const counting = countdown.left !== undefined;
  const press = () => {
    if (recording) onStop();
    else if (counting) countdown.cancel();
    else countdown.begin();
  };
  return (
    <div className={classes.screen} data-filming={recording !== undefined || undefined}>
      <Preview picture={picture} />
      <header className={classes.top}>
        <UnstyledButton className={classes.round} onClick={onClose} aria-label="Close the camera">
          <IconX size={26} />
        </UnstyledButton>
        {recording ? <Elapsed of={recording} /> : <h1 className={classes.title}>{title}</h1>}
        {criteria.length > 0 ? (
          <UnstyledButton
            className={classes.round}
            onClick={() => setPeeking(!peeking)}
            aria-expanded={peeking}
            aria-controls="film-criteria"
            aria-label="What to look out for"
          >
            <IconListCheck size={26} />
          </UnstyledButton>
        ) : (
          <span className={classes.spacer} />
        )}
      </header>
      {peeking && (
        <ul className={classes.criteria} id="film-criteria" aria-label="What to look out for">
          {criteria.map((criterion) => (
            <li key={criterion}>{criterion}</li>
          ))}
        </ul>
      )}
      {counting && (
        <p className={classes.count} role="status" aria-live="assertive" key={countdown.left}>
          {countdown.left}
        </p>
      )}
      <footer className={classes.bottom}>
        <div className={classes.notes} role="status">
          {picture?.silent && (
            <p className={classes.note}>
              <IconMicrophoneOff size={20} aria-hidden="true" /> No microphone: this film has no sound.
            </p>
          )}
          {failed && <p className={classes.note}>That didn’t start. Please try once more.</p>}
        </div>
        <UnstyledButton
          className={classes.side}
          onClick={countdown.toggle}
          aria-pressed={countdown.on}
          disabled={recording !== undefined || counting}
        >
          {countdown.on ? "Countdown on" : "Countdown off"}
        </UnstyledButton>
        <UnstyledButton
          className={classes.record}
          onClick={press}
          disabled={!picture}
          aria-label={recording ? "Stop filming" : counting ? "Don’t film yet" : "Start filming"}
          data-autofocus
        >
          <span />
        </UnstyledButton>
        {picture?.several && !recording ? (
          <UnstyledButton
            className={classes.round}
            onClick={onTurn}
            disabled={counting}
            aria-label="Turn to the other camera"
          >
            <IconCameraRotate size={28} />
          </UnstyledButton>
        ) : (
          <span className={classes.spacer} />
        )}
      </footer>
    </div>
  );
}

function Preview({ picture }: { picture: Picture | undefined }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = picture?.stream ?? null;
  }, [picture]);
  return (
    <>
      <video
        ref={video}
        className={classes.preview}
        data-mirrored={picture?.mirrored || undefined}
        autoPlay
        muted
        playsInline
        aria-label="What the camera sees"
      />
      {!picture && (
        <p className={classes.opening} role="status">
          Opening the camera…
        </p>
      )}
    </>
  );
}
