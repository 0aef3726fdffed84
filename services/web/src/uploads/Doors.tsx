import { IconDeviceMobile, IconPhoto, IconVideo } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useState } from "react";
import classes from "./Doors.module.css";

const VIDEOS = "video/*,.mp4,.mov,.m4v,.3gp,.avi,.mkv,.webm,.mts,.m2ts";

// A phone can’t reach a computer by the name that the computer calls itself.
const isOnlyHere = /^(localhost|127\.|\[::1\])/.test(window.location.hostname);

/** Two equal ways in: film now, or choose what was filmed before. */
export function Doors({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // Dropping is a convenience on top of the two labelled inputs, which work by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={classes.doors}
      data-over={over || undefined}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={classes.camera}>
        <Door
          icon={<IconVideo size={40} stroke={1.5} />}
          title="Film now"
          hint="Opens your camera"
          capture
          onFiles={onFiles}
        />
      </div>
      <div className={`${classes.door} ${classes.noCamera}`}>
        <IconDeviceMobile size={40} stroke={1.5} aria-hidden="true" />
        <strong>Film with your phone</strong>
        <span>
          {isOnlyHere ? "Log in there" : `Open ${window.location.host} there, log in`} and tap Film.
        </span>
      </div>
      <Door
        icon={<IconPhoto size={40} stroke={1.5} />}
        title="Choose a video"
        hint={
          <>
            <span className={classes.camera}>One or several</span>
            <span className={classes.noCamera}>One or several, or drop them here</span>
          </>
        }
        onFiles={onFiles}
      />
    </div>
  );
}

interface DoorProps {
  icon: ReactNode;
  title: string;
  hint: ReactNode;
  capture?: boolean;
  onFiles: (files: File[]) => void;
}

function Door({ icon, title, hint, capture = false, onFiles }: DoorProps) {
  return (
    <label className={classes.door}>
      {icon}
      <strong>{title}</strong>
      <span>{hint}</span>
      <FileInput capture={capture} onFiles={onFiles} />
    </label>
  );
}

/** The bare input inside a label: picks videos, and can pick the same one twice. */
export function FileInput({
  capture = false,
  onFiles,
}: {
  capture?: boolean;
  onFiles: (files: File[]) => void;
}) {
  return (
    <input
      type="file"
      className="visually-hidden"
      accept={VIDEOS}
      multiple={!capture}
      capture={capture ? "environment" : undefined}
      onChange={(event) => {
        onFiles([...(event.currentTarget.files ?? [])]);
        event.currentTarget.value = "";
      }}
    />
  );
}
