import { IconVideo, IconVideoOff } from "@tabler/icons-react";
import { BigButton } from "~/filming/BigButton";
import { isHandheld, TROUBLE_WORDS, type Trouble } from "~/filming/support";
import { FileInput } from "~/uploads/FileInput";
import classes from "./NoCamera.module.css";

interface NoCameraProps {
  trouble: Trouble;
  onFiles: (files: File[]) => void;
  onRetry: () => void;
  onClose: () => void;
}

/** The camera doesn't open: why, and how there is a film all the same. */
export function NoCamera({ trouble, onFiles, onRetry, onClose }: NoCameraProps) {
  const { title, detail } = TROUBLE_WORDS[trouble];
  const worthRetrying = trouble === "refused" || trouble === "missing" || trouble === "busy";
  const held = isHandheld();
  return (
    <section className={classes.page} aria-labelledby="no-camera">
      <IconVideoOff size={56} stroke={1.3} aria-hidden="true" />
      <h1 id="no-camera">{title}</h1>
      <p>{detail}</p>
      <div className={classes.ways}>
        <BigButton kind="first" icon={<IconVideo size={22} />}>
          {held ? "Use your phone’s camera app" : "Choose a video"}
          <FileInput capture={held} onFiles={(files) => files.length > 0 && onFiles(files)} />
        </BigButton>
        {worthRetrying && (
          <BigButton kind="plain" onClick={onRetry}>
            Try again
          </BigButton>
        )}
        <BigButton kind="quiet" onClick={onClose}>
          Go back
        </BigButton>
      </div>
    </section>
  );
}
