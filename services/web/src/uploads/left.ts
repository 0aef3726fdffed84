import { Growing } from "~/filming/journal/Growing";
import { journal } from "~/filming/journal/Journal";
import { keptFile } from "~/uploads/shelf";
import { isUnfinished, type Upload, type UploadState } from "~/uploads/upload";

// A recorder begins with a header of about a kilobyte. With nothing behind it, nothing was filmed.
export const LEAST_FILM_BYTES = 4_096;

/** What an earlier page left of an unfinished film on this device; undefined when nothing is. */
export async function keptBytes(upload: Upload): Promise<File | Growing | undefined> {
  if (!upload.filmed) return keptFile(upload.id);
  const size = await journal().size(upload.id);
  // If the browser threw the journal away, what was sent is still a film.
  const isFilm = Math.max(size, upload.sent) >= LEAST_FILM_BYTES;
  return isFilm ? new Growing(journal(), upload.id, size, true) : undefined;
}

/** How an upload that an earlier page left goes on here, with its bytes or without. */
export function stateAgain(upload: Upload, hasBytes: boolean): UploadState {
  if (!isUnfinished(upload)) return upload.state;
  // What was filmed here can’t be chosen again.
  if (!hasBytes) return upload.filmed ? "thrown" : "needs-file";
  return upload.state === "paused" || upload.state === "no-room" ? upload.state : "waiting";
}
