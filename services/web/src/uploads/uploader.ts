import { DetailedError, Upload as TusUpload } from "tus-js-client";
import { problemFrom } from "~/api/problem";
import { queryClient, sessionExpired } from "~/app/queryClient";
import { claim, release } from "~/uploads/claim";
import { Pace } from "~/uploads/pace";
import { drop, dropFile, keep, keepFile, keptFile, shelved } from "~/uploads/shelf";
import { isSameFile, isUnfinished, titleFor, type Upload, type Wishes } from "~/uploads/upload";

const ENDPOINT = "/api/v1/uploads";
// One answer a part: small enough that a dropped connection costs seconds, large enough that waiting doesn't.
const PART_BYTES = 16 * 1024 * 1024;
// Two at once fill a school's line; more only make each of them slower to become watchable.
const AT_ONCE = 2;
const RETRY_DELAYS = [0, 1_000, 3_000, 5_000, 10_000];
const TRY_AGAIN_MS = 20_000;
const FINISHED_STAYS_MS = 24 * 3600 * 1000;
/** What the server answers when there is no room: waiting alone won't change that. */
const NO_ROOM = 507;
const REDRAW_MS = 200;

/** Sends films, several at once, and goes on after whatever interrupts it. Lives as long as the page. */
export class Uploader {
  private uploads: readonly Upload[] = [];
  private readonly files = new Map<string, File>();
  /** Those whose file would survive a reload. */
  private readonly copied = new Set<string>();
  private readonly running = new Map<string, TusUpload>();
  private readonly listeners = new Set<() => void>();
  private readonly stopping = new AbortController();
  private timer = 0;
  private drawnAt = 0;

  constructor(private readonly person: string) {}

  /** Takes up again what an earlier page left, and listens for the network to come back. */
  async start(): Promise<void> {
    const { signal } = this.stopping;
    window.addEventListener("online", this.goOn, { signal });
    document.addEventListener("visibilitychange", this.goOn, { signal });
    window.addEventListener("beforeunload", this.warnBeforeLoss, { signal });
    this.timer = window.setInterval(this.goOn, TRY_AGAIN_MS);
    for (const { id, upload } of await shelved(this.person).catch(() => [])) {
      if (!isUnfinished(upload) && Date.now() - upload.addedAt > FINISHED_STAYS_MS) void drop(id);
      else if (!signal.aborted && (await claim(id))) await this.takeUp(upload);
    }
    this.next();
  }

  /** Lets go of everything, as when somebody else logs in. What was sent stays sent. */
  stop(): void {
    this.stopping.abort();
    window.clearInterval(this.timer);
    for (const tus of this.running.values()) void tus.abort();
    this.running.clear();
    for (const upload of this.uploads) release(upload.id);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  all = (): readonly Upload[] => this.uploads;

  /** Adds chosen files; one that was begun before goes on where it stopped. */
  add(files: Iterable<File>, wishes: Wishes): void {
    for (const file of files) {
      const begun = this.uploads.find((upload) => isUnfinished(upload) && isSameFile(upload, file));
      if (begun) {
        this.files.set(begun.id, file);
        if (begun.state === "needs-file") this.change(begun.id, { state: "waiting" });
        continue;
      }
      const upload: Upload = {
        id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
        name: file.name,
        size: file.size,
        lastModified: file.lastModified,
        type: file.type,
        title: titleFor(file, wishes.purpose),
        ...wishes,
        addedAt: Date.now(),
        sent: 0,
        state: "waiting",
      };
      this.files.set(upload.id, file);
      this.uploads = [upload, ...this.uploads];
      void claim(upload.id);
      void this.shelve(upload);
      void this.copy(upload.id, file);
    }
    this.draw();
    this.next();
  }

  pause(id: string): void {
    void this.running.get(id)?.abort();
    this.running.delete(id);
    this.change(id, { state: "paused", left: undefined });
    this.next();
  }

  resume(id: string): void {
    this.change(id, { state: this.files.has(id) ? "waiting" : "needs-file", problem: undefined });
    this.next();
  }

  /** Takes a film off the list; one that is still on its way is also forgotten by the server. */
  remove(id: string): void {
    const upload = this.find(id);
    void this.running.get(id)?.abort();
    this.running.delete(id);
    if (upload?.url && isUnfinished(upload)) {
      // The server forgets unfinished uploads by itself after a week, should this not arrive.
      TusUpload.terminate(upload.url, { retryDelays: [0, 1_000, 3_000] }).catch(() => undefined);
    }
    this.files.delete(id);
    this.copied.delete(id);
    release(id);
    this.uploads = this.uploads.filter((other) => other.id !== id);
    void drop(id).catch(() => undefined);
    this.draw();
    this.next();
  }

  private readonly goOn = (): void => {
    if (document.visibilityState === "hidden" || !navigator.onLine) return;
    for (const upload of this.uploads) {
      if (upload.state === "offline") this.change(upload.id, { state: "waiting" });
    }
    this.next();
  };

  private readonly warnBeforeLoss = (event: BeforeUnloadEvent): void => {
    const atRisk = this.uploads.some(
      (upload) => ["sending", "waiting", "offline"].includes(upload.state) && !this.copied.has(upload.id),
    );
    if (atRisk) event.preventDefault();
  };

  private async takeUp(upload: Upload): Promise<void> {
    const file = isUnfinished(upload) ? await keptFile(upload.id).catch(() => undefined) : undefined;
    if (file) {
      this.files.set(upload.id, file);
      this.copied.add(upload.id);
    }
    const state = !isUnfinished(upload)
      ? upload.state
      : !file
        ? "needs-file"
        : upload.state === "paused" || upload.state === "no-room"
          ? upload.state
          : "waiting";
    this.uploads = [...this.uploads, { ...upload, state, left: undefined }];
    this.draw();
  }

  private next(): void {
    if (this.stopping.signal.aborted) return;
    for (const upload of this.uploads.toReversed()) {
      if (this.running.size >= AT_ONCE) return;
      const file = this.files.get(upload.id);
      if (upload.state === "waiting" && file) this.send(upload, file);
    }
  }

  private send(upload: Upload, file: File): void {
    const { id } = upload;
    const pace = new Pace();
    const tus = new TusUpload(file, {
      endpoint: ENDPOINT,
      uploadUrl: upload.url ?? null,
      metadata: metadataOf(upload),
      chunkSize: PART_BYTES,
      retryDelays: RETRY_DELAYS,
      storeFingerprintForResuming: false,
      onShouldRetry: ({ originalResponse }) => {
        const status = originalResponse?.getStatus() ?? 0;
        const passes =
          status < 400 || status === 409 || status === 423 || (status >= 500 && status !== NO_ROOM);
        return passes && navigator.onLine;
      },
      onAfterResponse: (request, response) => {
        const video = response.getHeader("Content-Location")?.split("/").at(-1);
        if (request.getMethod() === "POST" && video) this.change(id, { videoId: video });
      },
      onUploadUrlAvailable: () => this.change(id, { url: tus.url ?? undefined }),
      onProgress: (sent, total) => {
        pace.note(sent, performance.now());
        this.change(id, { sent, left: pace.left(total) }, { quietly: true });
      },
      // What the server has for certain is written down, so that a reload can say so.
      onChunkComplete: (_size, accepted) => this.change(id, { sent: accepted }),
      onSuccess: () => this.finish(id),
      onError: (error) => this.interrupt(id, error),
    });
    this.running.set(id, tus);
    this.change(id, { state: "sending", problem: undefined });
    tus.start();
  }

  private finish(id: string): void {
    this.running.delete(id);
    this.files.delete(id);
    this.copied.delete(id);
    void dropFile(id).catch(() => undefined);
    const upload = this.find(id);
    this.change(id, { state: "sent", sent: upload?.size ?? 0, left: undefined });
    void queryClient.invalidateQueries({ queryKey: ["videos"] });
    this.next();
  }

  private interrupt(id: string, error: Error | DetailedError): void {
    this.running.delete(id);
    const response = error instanceof DetailedError ? error.originalResponse : null;
    const status = response?.getStatus() ?? 0;
    if (status === 401) sessionExpired();
    if (response && status === NO_ROOM) {
      const problem = problemFrom(status, parsed(response.getBody()));
      this.change(id, { state: "no-room", problem: problem.detail, left: undefined });
    } else if (
      !response ||
      status === 0 ||
      status === 401 ||
      status >= 500 ||
      status === 409 ||
      status === 423
    ) {
      this.change(id, { state: "offline", left: undefined });
    } else {
      const problem = problemFrom(status, parsed(response.getBody()));
      this.change(id, { state: "failed", problem: problem.detail, left: undefined });
    }
    this.next();
  }

  private find(id: string): Upload | undefined {
    return this.uploads.find((upload) => upload.id === id);
  }

  private change(id: string, change: Partial<Upload>, { quietly = false } = {}): void {
    this.uploads = this.uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
    if (quietly && performance.now() - this.drawnAt < REDRAW_MS) return;
    this.draw();
    const upload = this.find(id);
    if (!quietly && upload) void this.shelve(upload);
  }

  private draw(): void {
    this.drawnAt = performance.now();
    for (const listener of this.listeners) listener();
  }

  /** Writes down where an upload is. */
  private async shelve(upload: Upload): Promise<void> {
    // A private window keeps nothing. The upload itself goes on; only a reload would need the file again.
    await keep({ id: upload.id, person: this.person, upload }).catch(() => undefined);
  }

  private async copy(id: string, file: File): Promise<void> {
    const kept = await keepFile(id, file).catch(() => false);
    if (!kept) return;
    if (this.files.has(id)) this.copied.add(id);
    else await dropFile(id).catch(() => undefined); // it was sent before the copy was made
  }
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
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
