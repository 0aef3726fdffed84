import { IconDeviceLaptop, IconDeviceMobile, IconPhoto, IconVideo } from "@tabler/icons-react";
import { type DragEvent, type ReactNode, useState } from "react";
import { isOnlyHere } from "~/filming/code";
import type { Way } from "~/filming/preference";
import { FileInput } from "~/uploads/FileInput";
import classes from "./Doors.module.css";

interface DoorsProps {
  onFiles: (files: File[]) => void;
  /** Opens the camera in the page; undefined where that can't be. */
  onFilmHere: (() => void) | undefined;
  /** Which way of filming comes first. The other one stays a tap away. */
  first: Way;
  onPrefer: (way: Way) => void;
  /** Shows a code for a phone; undefined where no step is known that it could film. */
  onJoin: (() => void) | undefined;
  joining: boolean;
}

/** Two equal ways in: film now, or choose what was filmed before. */
export function Doors({ onFiles, onFilmHere, first, onPrefer, onJoin, joining }: DoorsProps) {
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
  const inPage = onFilmHere !== undefined && first === "page";
  return (
    <>
      {/* Dropping is a convenience on top of the labelled inputs, which work by keyboard. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div
        className={classes.doors}
        data-over={over || undefined}
        onDragOver={hover}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div className={classes.camera}>
          {inPage ? (
            <button type="button" className={classes.door} onClick={onFilmHere}>
              <Sign icon={<IconVideo size={40} stroke={1.5} />} title="Film now" hint="Sent while you film" />
            </button>
          ) : (
            <label className={classes.door}>
              <Sign
                icon={<IconVideo size={40} stroke={1.5} />}
                title="Film now"
                hint="Opens your phone’s camera"
              />
              <FileInput capture onFiles={onFiles} />
            </label>
          )}
        </div>
        {onFilmHere && (
          <button type="button" className={`${classes.door} ${classes.noCamera}`} onClick={onFilmHere}>
            <Sign
              icon={<IconDeviceLaptop size={40} stroke={1.5} />}
              title="Film with this laptop"
              hint="Its camera and microphone"
            />
          </button>
        )}
        {onJoin ? (
          <button
            type="button"
            className={`${classes.door} ${classes.noCamera}`}
            onClick={onJoin}
            aria-expanded={joining}
          >
            <Sign
              icon={<IconDeviceMobile size={40} stroke={1.5} />}
              title="Film with your phone"
              hint="Scan a code; no log-in there"
            />
          </button>
        ) : (
          <div className={`${classes.door} ${classes.noCamera}`}>
            <Sign
              icon={<IconDeviceMobile size={40} stroke={1.5} />}
              title="Film with your phone"
              hint={
                isOnlyHere(window.location.href)
                  ? "Log in there and tap Film."
                  : `Open ${window.location.host} there, log in and tap Film.`
              }
            />
          </div>
        )}
        <label className={classes.door}>
          <Sign
            icon={<IconPhoto size={40} stroke={1.5} />}
            title="Choose a video"
            hint={
              <>
                <span className={classes.camera}>One or several</span>
                <span className={classes.noCamera}>One or several, or drop them here</span>
              </>
            }
          />
          <FileInput onFiles={onFiles} />
        </label>
      </div>
      {onFilmHere && (
        <div className={`${classes.other} ${classes.camera}`}>
          {inPage ? (
            <label className={classes.link}>
              Use your phone’s camera app
              <FileInput
                capture
                onFiles={(files) => {
                  if (files.length > 0) onPrefer("app");
                  onFiles(files);
                }}
              />
            </label>
          ) : (
            <button
              type="button"
              className={classes.link}
              onClick={() => {
                onPrefer("page");
                onFilmHere();
              }}
            >
              Film in this page instead
            </button>
          )}
        </div>
      )}
    </>
  );
}

function Sign({ icon, title, hint }: { icon: ReactNode; title: string; hint: ReactNode }) {
  return (
    <>
      {icon}
      <strong>{title}</strong>
      <span>{hint}</span>
    </>
  );
}
