import { bestFormat, endingOf, type Format } from "~/filming/formats";
import { JournalFull } from "~/filming/journal/Journal";
import type { Wishes } from "~/uploads/upload";
import type { Uploader } from "~/uploads/uploader";

// 720p, as the copies are that people watch. 20 minutes are 400 MB.
const VIDEO_BITS = 2_500_000;
const AUDIO_BITS = 96_000;
// At most this much is lost when the battery goes.
const CHUNK_MS = 1_000;

/** Why a film ended: by the button, for want of room, by the camera, or by something that went wrong. */
export type Ending = "asked" | "full" | "camera" | "failed";

/** One film while it is filmed: each chunk goes to the journal and from there to Pennydrop. */
export class Recording {
  readonly ended: Promise<Ending>;
  private ending: Ending = "asked";
  private writing: Promise<void> = Promise.resolve();
  private broken = false;
  private size = 0;
  private startedAt = performance.now();

  private constructor(
    readonly id: string,
    private readonly uploader: Uploader,
    private readonly recorder: MediaRecorder,
  ) {
    recorder.addEventListener("start", () => {
      this.startedAt = performance.now();
    });
    recorder.addEventListener("dataavailable", ({ data }) => this.write(data));
    recorder.addEventListener("error", () => this.stop("failed"));
    this.ended = new Promise((resolve) => {
      recorder.addEventListener("stop", async () => {
        await this.writing;
        await uploader.end(id, this.size);
        resolve(this.ending);
      });
    });
    for (const track of recorder.stream.getVideoTracks()) {
      track.addEventListener("ended", () => this.stop("camera"));
    }
  }

  static async begin(stream: MediaStream, uploader: Uploader, wishes: Wishes): Promise<Recording> {
    const recorder = recorderFor(stream);
    const id = await uploader.film(wishes, formatOf(recorder));
    const recording = new Recording(id, uploader, recorder);
    try {
      recorder.start(CHUNK_MS);
    } catch (error) {
      uploader.remove(id);
      throw error;
    }
    return recording;
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  stop(why: Ending = "asked"): void {
    if (this.recorder.state === "inactive") return;
    this.ending = why;
    this.recorder.stop();
  }

  private write(chunk: Blob): void {
    if (chunk.size === 0) return;
    const atOnce = this.recorder.state !== "inactive";
    this.writing = this.writing.then(async () => {
      if (this.broken) return; // a film with a hole in it doesn't play
      try {
        this.size = await this.uploader.grow(this.id, chunk, { atOnce });
      } catch (error) {
        this.broken = true;
        this.stop(error instanceof JournalFull ? "full" : "failed");
      }
    });
  }
}

function recorderFor(stream: MediaStream): MediaRecorder {
  const { mimeType } = bestFormat((type) => MediaRecorder.isTypeSupported(type));
  const options = {
    ...(mimeType ? { mimeType } : {}),
    videoBitsPerSecond: VIDEO_BITS,
    audioBitsPerSecond: AUDIO_BITS,
    // MP4 comes in lumps from one key frame to the next. Not in TypeScript's library yet.
    videoKeyFrameIntervalDuration: CHUNK_MS,
  };
  return new MediaRecorder(stream, options);
}

function formatOf(recorder: MediaRecorder): Format {
  return { mimeType: recorder.mimeType, ending: endingOf(recorder.mimeType) };
}
