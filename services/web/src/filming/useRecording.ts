import { useCallback, useEffect, useRef, useState } from "react";
import { type Ending, Recording } from "~/filming/Recording";
import { isHandheld } from "~/filming/support";
import type { Wishes } from "~/uploads/upload";
import type { Uploader } from "~/uploads/uploader";

/** A film that is over and waits to be looked at. */
export interface Take {
  id: string;
  ending: Ending;
}

/** Films, one after the other. */
export function useRecording(uploader: Uploader) {
  const [recording, setRecording] = useState<Recording>();
  const [take, setTake] = useState<Take>();
  const current = useRef<Recording>(undefined);
  const beginning = useRef(false);

  const begin = useCallback(
    async (stream: MediaStream, wishes: Wishes) => {
      if (beginning.current || current.current) return;
      beginning.current = true;
      const begun = await Recording.begin(stream, uploader, wishes).finally(() => {
        beginning.current = false;
      });
      current.current = begun;
      setRecording(begun);
      void begun.ended.then((ending) => {
        current.current = undefined;
        setRecording(undefined);
        setTake({ id: begun.id, ending });
      });
    },
    [uploader],
  );

  const stop = useCallback((why?: Ending) => current.current?.stop(why), []);
  const clear = useCallback(() => setTake(undefined), []);

  useEffect(() => {
    // A phone that locks or shows another app takes the camera away, and the picture would stand still.
    const hidden = () => {
      if (document.visibilityState === "hidden" && isHandheld()) current.current?.stop("camera");
    };
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      current.current?.stop();
    };
  }, []);

  return { recording, take, begin, stop, clear };
}
