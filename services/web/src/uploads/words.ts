import type { Video } from "~/api/types";
import { aboutLeft, size, sizeOf } from "~/shared/time";
import type { Upload } from "~/uploads/upload";

/** How an upload is going, in a sentence that is true. */
export function uploadWords(upload: Upload, video: Video | undefined): string {
  const soFar = upload.sent > 0 ? ` ${sizeOf(upload.sent, upload.size)} sent so far.` : "";
  switch (upload.state) {
    case "waiting":
      return `Next in line · ${size(upload.size)}`;
    case "sending": {
      if (upload.growing) return `Being filmed · ${size(upload.sent)} sent so far`;
      if (upload.sent === 0) return `Starting · ${size(upload.size)}`;
      const left = upload.left === undefined ? "" : ` · ${aboutLeft(upload.left)} left`;
      return sizeOf(upload.sent, upload.size) + left;
    }
    case "paused":
      return `Paused.${soFar}`;
    case "offline":
      return upload.problem ?? `Waiting for the network; it goes on by itself.${soFar}`;
    case "needs-file":
      return `The page was closed before it was all sent. Choose the same video again to go on.${soFar}`;
    case "no-room":
    case "failed":
      return upload.problem ?? "This didn’t work. Your film is still on your device.";
    case "sent":
      return sentWords(video, upload.filmed);
    case "thrown":
      return "Thrown away.";
  }
}

function sentWords(video: Video | undefined, filmed = false): string {
  if (!video) return "All sent.";
  if (video.state === "failed") return video.failure?.detail ?? "We couldn’t open this film.";
  if (!video.proven) return "All sent. Checking that every byte is here…";
  if (!isSafe(video)) return "All sent. Getting it ready to watch…";
  // What was filmed in the page leaves no copy on the phone.
  return filmed ? "It is here, safe and sound." : "It is safe to delete it from your phone now.";
}

/** Whether the phone may let go of its copy: every byte is here, and they turned out to be a film that plays. */
export function isSafe(video: Video): boolean {
  return video.proven && (video.state === "watchable" || video.state === "ready");
}
