import { Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { CameraScreen } from "~/filming/CameraScreen";
import { journal } from "~/filming/journal/Journal";
import { NoCamera } from "~/filming/NoCamera";
import type { Filming } from "~/filming/opened";
import { Review } from "~/filming/Review";
import { useCamera } from "~/filming/useCamera";
import { useRecording } from "~/filming/useRecording";
import { useWakeLock } from "~/filming/useWakeLock";
import { useMe } from "~/people/session";
import { ask } from "~/shared/ask";
import type { Uploader } from "~/uploads/uploader";
import { uploaderOf } from "~/uploads/useUploads";
import classes from "./FilmHere.module.css";

export interface FilmHereProps extends Omit<Filming, "onClose"> {
  onClose: () => void;
}

/** A camera over the whole screen. To be loaded when it is wanted. */
export function FilmHere(props: FilmHereProps) {
  return <FilmWith {...props} uploader={uploaderOf(useMe().id)} />;
}

/** The same for a phone that joined: its films go by an uploader of their own. */
export function FilmWith({
  wishes: given,
  title,
  criteria = [],
  onFilmed,
  onAgain,
  onClose,
  uploader,
}: FilmHereProps & { uploader: Uploader }) {
  const wishes = useRef(given);
  const { recording, take, begin, stop, clear } = useRecording(uploader);
  const { camera, turn, retry } = useCamera(!take);
  useWakeLock(recording !== undefined);
  // The journal is ready before the first chunk, even if the network goes in between.
  useEffect(() => void journal().place(), []);
  useBlocker({
    shouldBlockFn: async () => !(await ask(LEAVING)),
    enableBeforeUnload: () => recording !== undefined,
    disabled: !recording,
  });

  const keep = (id: string) => {
    if (onFilmed) void uploader.known(id).then((videoId) => videoId && onFilmed(videoId));
    clear();
  };
  const again = async (id: string) => {
    // The next take belongs to the next round, so that has to be there before anybody films.
    if (onAgain) wishes.current = { ...wishes.current, round: await onAgain().catch(() => undefined) };
    keep(id);
  };
  const throwAway = async (id: string) => {
    if (!(await ask(THROWING))) return;
    uploader.throwAway(id);
    clear();
  };
  const leave = async () => {
    if (!recording) onClose();
    else if (await ask(STOPPING)) stop();
  };

  return (
    <Modal.Root
      opened
      fullScreen
      onClose={() => void (take ? undefined : leave())}
      padding={0}
      radius={0}
      zIndex={190}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Content className={classes.content} aria-label={title}>
        <Modal.Body className={classes.body}>
          {take ? (
            <Review
              key={take.id}
              take={take}
              uploader={uploader}
              onKeep={() => {
                keep(take.id);
                onClose();
              }}
              onAgain={() => void again(take.id)}
              onThrowAway={() => void throwAway(take.id)}
            />
          ) : camera.state === "trouble" && !recording ? (
            <NoCamera
              trouble={camera.trouble}
              onFiles={(files) => {
                uploader.add(files, wishes.current);
                onClose();
              }}
              onRetry={retry}
              onClose={onClose}
            />
          ) : (
            <CameraScreen
              title={title}
              criteria={criteria}
              picture={camera.state === "on" ? camera.picture : undefined}
              recording={recording}
              onBegin={(stream) => begin(stream, wishes.current)}
              onStop={() => stop()}
              onTurn={() => void turn()}
              onClose={() => void leave()}
            />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

const LEAVING = {
  title: "Stop filming?",
  detail: "What you filmed so far is kept and sent.",
  yes: "Stop and leave",
  no: "Keep filming",
};
const STOPPING = { ...LEAVING, yes: "Stop" };
const THROWING = {
  title: "Throw this film away?",
  detail: "Nobody will be able to watch it, not even you. This can’t be undone.",
  yes: "Throw it away",
  no: "Go back",
  grave: true,
};
