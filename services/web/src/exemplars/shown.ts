import type { Exemplar } from "~/api/types";
import type { Playback } from "~/watch/player/Source";

/** What of an exemplar plays: all of a film, or a clip from its own file. */
export interface Shown {
  playback: Playback;
  poster: string | null;
  /** Width by height, where it is known before the film comes. */
  aspect: number | null;
  frames: string | null;
  /** Where in the file the model begins. */
  offsetMs: number;
  durationMs: number;
}

export function shownOf({ video, clip, duration_ms }: Exemplar): Shown | undefined {
  const durationMs = duration_ms ?? 0;
  if (video) {
    const { playback, poster, frames, width, height } = video;
    const aspect = width && height ? width / height : null;
    return playback.mp4 || playback.hls
      ? { playback, poster, aspect, frames, offsetMs: 0, durationMs }
      : undefined;
  }
  // Its own file is exact; until that is made, who may see the film gets a window on it.
  const own = clip?.file.url;
  const playback: Playback | undefined = own ? { mp4: own } : clip?.playback;
  if (!clip || !playback || !(playback.mp4 || playback.hls)) return undefined;
  const offsetMs = own ? 0 : clip.playback.start_ms;
  return { playback, poster: clip.poster, aspect: null, frames: null, offsetMs, durationMs };
}
