import type { Me, Video } from "~/api/types";
import { said } from "~/shared/time";
import { count, firstName, list } from "~/shared/words";

/** What is still going on with a video; undefined when there is nothing to say. */
export function stateWords(video: Video): string | undefined {
  switch (video.state) {
    case "uploading":
      return "On its way here…";
    case "processing":
      return "Getting it ready to watch…";
    case "watchable":
      return video.progress > 0
        ? `You can watch it now. Copies for slow networks are ${video.progress}% made.`
        : "You can watch it now. Copies for slow networks are on their way.";
    case "failed":
      return video.failure?.detail ?? "We couldn’t open this film.";
    case "ready":
      return undefined;
  }
}

/** When it was filmed, by whom, and whose it is, as far as that isn't plain to this viewer. */
export function originWords(video: Video, me: Me): string {
  const parts = [said(video.recorded_at ?? video.created_at)];
  if (video.owner.id !== me.id) parts.unshift(firstName(video.owner.name));
  else if (video.filmed_by && video.filmed_by.id !== me.id)
    parts.push(`filmed by ${firstName(video.filmed_by.name)}`);
  if (video.purpose === "rehearsal") parts.push("rehearsal");
  if (video.purpose === "model") parts.push("model");
  if (video.purpose === "meeting") parts.push("feedback meeting");
  const [first = "", ...rest] = parts;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(" · ");
}

/** What goes with a film that is deleted. Undefined numbers could not be asked for. */
export function lossWords(moments: number | undefined, clips: number | undefined): string {
  if (moments === undefined || clips === undefined) {
    return "The film goes for everybody, with its moments and clips. Nobody can bring it back.";
  }
  const lost = [
    ...(moments > 0 ? [count(moments, "moment")] : []),
    ...(clips > 0 ? [count(clips, "clip")] : []),
  ];
  const along = lost.length > 0 ? `, with ${list(lost)}` : "";
  return `The film goes for everybody${along}. Nobody can bring it back.`;
}
