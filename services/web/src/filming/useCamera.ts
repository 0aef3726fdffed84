import { useCallback, useEffect, useRef, useState } from "react";
import {
  CameraTrouble,
  closeCamera,
  nextCamera,
  openCamera,
  type Picture,
  rememberedFacing,
  rememberFacing,
} from "~/filming/camera";
import { isHandheld, type Trouble, troubleAhead } from "~/filming/support";

type Camera =
  | { state: "opening" }
  | { state: "on"; picture: Picture }
  | { state: "trouble"; trouble: Trouble };

/** The camera for as long as `wanted`. */
export function useCamera(wanted: boolean) {
  const [camera, setCamera] = useState<Camera>({ state: "opening" });
  const [which, setWhich] = useState({
    facing: rememberedFacing(),
    deviceId: undefined as string | undefined,
  });
  const [attempt, setAttempt] = useState(0);
  const open = useRef<MediaStream>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it anew
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    const close = () => {
      gone = true;
      if (open.current) closeCamera(open.current);
      open.current = undefined;
      setCamera({ state: "opening" });
    };
    const ahead = troubleAhead();
    if (ahead) {
      setCamera({ state: "trouble", trouble: ahead });
      return close;
    }
    openCamera(which.facing, which.deviceId).then(
      (picture) => {
        if (gone) return closeCamera(picture.stream);
        open.current = picture.stream;
        // Pulled out, or taken by another app.
        picture.stream.getVideoTracks()[0]?.addEventListener("ended", () => {
          if (!gone) setCamera({ state: "trouble", trouble: "busy" });
        });
        setCamera({ state: "on", picture });
      },
      (error: unknown) => {
        const trouble = error instanceof CameraTrouble ? error.trouble : "busy";
        if (!gone) setCamera({ state: "trouble", trouble });
      },
    );
    return close;
  }, [wanted, which, attempt]);

  const turn = useCallback(async () => {
    if (isHandheld()) {
      const facing = which.facing === "user" ? "environment" : "user";
      rememberFacing(facing);
      setWhich({ facing, deviceId: undefined });
    } else if (open.current) {
      setWhich({ ...which, deviceId: await nextCamera(open.current) });
    }
  }, [which]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return { camera, turn, retry };
}
