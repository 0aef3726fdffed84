import { useEffect, useState } from "react";
import { canFilmHere } from "~/filming/support";

/** Whether there is a camera that this page could film with. */
export function useCanFilm(): boolean {
  // A camera is expected until it turns out that there is none: nothing jumps where there is one.
  const [can, setCan] = useState(canFilmHere);
  useEffect(() => {
    if (!canFilmHere()) return;
    let gone = false;
    const look = async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      if (!gone) setCan(devices.some(({ kind }) => kind === "videoinput"));
    };
    void look().catch(() => undefined);
    navigator.mediaDevices.addEventListener("devicechange", look);
    return () => {
      gone = true;
      navigator.mediaDevices.removeEventListener("devicechange", look);
    };
  }, []);
  return can;
}
