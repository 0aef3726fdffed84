import { DetailedError, Upload as TusUpload } from "tus-js-client";
import { problemFrom } from "~/api/problem";
import type { Growing } from "~/filming/journal/Growing";
import type { Upload, UploadState } from "~/uploads/upload";

const ENDPOINT = "/api/v1/uploads";
// One answer a part: small enough that a dropped connection costs seconds, large enough that waiting doesn't.
const PART_BYTES = 16 * 1024 * 1024;
const RETRY_DELAYS = [0, 1_000, 3_000, 5_000, 10_000];
/** What the server answers when there is no room: waiting alone won't change that. */
const NO_ROOM = 507;

/** What is told on the way. */
export interface Told {
  video(id: string): void;
  url(url: string): void;
  progress(sent: number): void;
  /** So much is there for certain. */
  accepted(sent: number): void;
  finished(): void;
  stopped(why: Interruption): void;
}

/** Why sending stopped, and whether somebody has to log in for it to go on. */
export interface Interruption {
  state: Extract<UploadState, "offline" | "no-room" | "failed">;
  problem?: string;
  loggedOut: boolean;
}

/** Begins to send; answers how to stop. */
export function send(upload: Upload, bytes: File | Growing, told: Told): () => void {
  const reader = bytes instanceof File ? undefined : bytes.reader();
  const tus: TusUpload = new TusUpload(bytes instanceof File ? bytes : new Blob(), {
    endpoint: ENDPOINT,
    uploadUrl: upload.url ?? null,
    metadata: metadataOf(upload),
    headers: headersOf(upload),
    chunkSize: PART_BYTES,
    retryDelays: RETRY_DELAYS,
    storeFingerprintForResuming: false,
    // How long a film becomes is said with its last part.
    ...(reader ? { fileReader: reader, uploadLengthDeferred: true } : {}),
    onShouldRetry: ({ originalResponse }) => {
      const status = originalResponse?.getStatus() ?? 0;
      const passes =
        status < 400 || status === 409 || status === 423 || (status >= 500 && status !== NO_ROOM);
      return passes && navigator.onLine;
    },
    onAfterResponse: (request, response) => {
      const video = response.getHeader("Content-Location")?.split("/").at(-1);
      if (request.getMethod() === "POST" && video) told.video(video);
    },
    onUploadUrlAvailable: () => tus.url && told.url(tus.url),
    onProgress: (sent) => told.progress(sent),
    onChunkComplete: (_size, accepted) => told.accepted(accepted),
    onSuccess: () => told.finished(),
    onError: (error) => told.stopped(interruptionBy(error)),
  });
  tus.start();
  return () => {
    void tus.abort();
    reader?.cancel();
  };
}

/** Tells the server to forget a film. Answers whether it need not be told again. */
export async function forget(upload: Upload): Promise<boolean> {
  if (!upload.url) return true;
  try {
    await TusUpload.terminate(upload.url, { retryDelays: [1_000, 3_000], headers: headersOf(upload) });
    return true;
  } catch (error) {
    const status = statusOf(error as Error);
    // Gone already, or too late: asking again changes neither. Who is logged out may come back.
    return status >= 400 && status < 500 && status !== 401 && status !== 423;
  }
}

function interruptionBy(error: Error | DetailedError): Interruption {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  const status = statusOf(error);
  const loggedOut = status === 401;
  if (!response || status === 0 || loggedOut || status === 409 || status === 423)
    return { state: "offline", loggedOut };
  if (status >= 500 && status !== NO_ROOM) return { state: "offline", loggedOut };
  const problem = problemFrom(status, parsed(response.getBody())).detail;
  // A full disk says when to come back; a used-up share only ends when somebody deletes something.
  const passes = response.getHeader("Retry-After") ? "offline" : "no-room";
  return { state: status === NO_ROOM ? passes : "failed", problem, loggedOut };
}

function statusOf(error: Error | DetailedError): number {
  return (error instanceof DetailedError && error.originalResponse?.getStatus()) || 0;
}

function headersOf(upload: Upload): Record<string, string> {
  return upload.bearer ? { Authorization: `Bearer ${upload.bearer}` } : {};
}

function metadataOf(upload: Upload): Record<string, string> {
  return {
    filename: upload.name,
    filetype: upload.type,
    title: upload.title,
    purpose: upload.purpose,
    recorded_at: new Date(upload.lastModified).toISOString(),
    ...(upload.owner ? { owner: upload.owner } : {}),
    ...(upload.actionStep ? { action_step: upload.actionStep } : {}),
    ...(upload.round ? { round: upload.round } : {}),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
