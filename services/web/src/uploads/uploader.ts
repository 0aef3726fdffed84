import { queryClient, sessionExpired } from "~/app/queryClient";
import { type Format, plainType } from "~/filming/formats";
import { Growing } from "~/filming/journal/Growing";
import { journal } from "~/filming/journal/Journal";
import { claim, release } from "~/uploads/claim";
import { keptBytes, LEAST_FILM_BYTES, stateAgain } from "~/uploads/left";
import { Pace } from "~/uploads/pace";
import { forget, type Interruption, send } from "~/uploads/sending";
import { drop, dropFile, everybodys, keep, keepFile, shelved } from "~/uploads/shelf";
import { isSameFile, isUnfinished, titleFor, type Upload, type Wishes } from "~/uploads/upload";

// Two at once fill a school's line; more only make each of them slower to become watchable.
const AT_ONCE = 2;
const TRY_AGAIN_MS = 20_000;
const FINISHED_STAYS_MS = 24 * 3600 * 1000;
const REDRAW_MS = 200;

/** Sends films, several at once, and goes on after whatever interrupts it. Lives as long as the page. */
export class Uploader {
  /** The code that films are sent by from now on, where nobody is logged in. */
  bearer: string | undefined;

  private uploads: readonly Upload[] = [];
  private listed: readonly Upload[] = [];
  private readonly bytes = new Map<string, File | Growing>();
  /** Those whose bytes would survive a reload. */
  private readonly copied = new Set<string>();
  /** Those whose bytes somebody looks at just now. */
  private readonly held = new Set<string>();
  /** Those thrown away that the server is told of just now. */
  private readonly telling = new Set<string>();
  private readonly running = new Map<string, () => void>();
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
    await this.takeUpAll();
    this.next();
  }

  /** Lets go of everything, as when somebody else logs in. What was sent stays sent. */
  stop(): void {
    this.stopping.abort();
    window.clearInterval(this.timer);
    for (const cease of this.running.values()) cease();
    this.running.clear();
    for (const upload of this.uploads) release(upload.id);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  all = (): readonly Upload[] => this.listed;

  /** Adds chosen files; one that was begun before goes on where it stopped. */
  add(files: Iterable<File>, wishes: Wishes): void {
    for (const file of files) {
      const begun = this.uploads.find((upload) => isUnfinished(upload) && isSameFile(upload, file));
      if (begun) {
        this.bytes.set(begun.id, file);
        if (begun.state === "needs-file") this.change(begun.id, { state: "waiting" });
        continue;
      }
      const upload: Upload = {
        ...this.fresh(file, wishes),
        size: file.size,
        lastModified: file.lastModified,
        type: file.type,
      };
      this.bytes.set(upload.id, file);
      this.uploads = [upload, ...this.uploads];
      void claim(upload.id);
      void this.shelve(upload);
      void this.copy(upload.id, file);
    }
    this.draw();
    this.next();
  }

  /** Begins a film that is filmed from now on, and sends it while it grows. Answers its id. */
  async film(wishes: Wishes, format: Format): Promise<string> {
    const file = { name: `video.${format.ending}`, lastModified: Date.now() };
    const upload: Upload = {
      ...this.fresh(file, wishes),
      type: plainType(format.mimeType),
      filmed: true,
      growing: true,
    };
    const place = await journal().place();
    await claim(upload.id);
    // On the shelf before its first byte is in the journal: what isn't there belongs to nobody.
    await this.shelve(upload);
    if (place !== "memory") this.copied.add(upload.id);
    this.bytes.set(upload.id, new Growing(journal(), upload.id, 0, false));
    this.uploads = [upload, ...this.uploads];
    this.draw();
    // The server hears of it before its first byte, and so does whoever waits for it.
    this.next();
    void this.sweep();
    return upload.id;
  }

  /**
   * Adds what was filmed since; answers how much there is. It is sent at once unless it may be the end: that goes
   * with `end`, in one part with the word that it is. Throws `JournalFull` when this device has no room for it.
   */
  async grow(id: string, chunk: Blob, { atOnce = true } = {}): Promise<number> {
    const size = await journal().append(id, chunk);
    const film = this.bytes.get(id);
    if (!(film instanceof Growing)) return size;
    if (atOnce) film.grow(size);
    this.change(id, { size }, { quietly: true });
    this.next();
    return size;
  }

  /** The film is over: so many bytes in the journal are all of it. */
  async end(id: string, size: number): Promise<void> {
    const film = this.bytes.get(id);
    if (!(film instanceof Growing)) return;
    if (size < LEAST_FILM_BYTES) {
      this.remove(id);
      return;
    }
    film.end(size);
    this.change(id, { growing: false, size });
    this.next();
    await journal().seal(id);
  }

  /** All of a film that was filmed here, to look at it; kept until `letGo`, even if it is sent meanwhile. */
  hold(id: string): Promise<Blob> {
    this.held.add(id);
    return journal().blob(id);
  }

  letGo(id: string): void {
    this.held.delete(id);
    if (this.find(id)?.state === "sent") void this.dropBytes(id);
  }

  /** The id of the video that an upload becomes, once the server has given it one; undefined if it never does. */
  known(id: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      const look = () => {
        const upload = this.listed.find((one) => one.id === id);
        if (upload && upload.videoId === undefined && upload.state !== "failed") return;
        this.listeners.delete(look);
        resolve(upload?.videoId);
      };
      this.listeners.add(look);
      look();
    });
  }

  pause(id: string): void {
    this.cease(id);
    this.change(id, { state: "paused", left: undefined });
    this.next();
  }

  resume(id: string): void {
    this.change(id, { state: this.bytes.has(id) ? "waiting" : "needs-file", problem: undefined });
    this.next();
  }

  /** Takes a film off the list; one that is still on its way is also forgotten by the server. */
  remove(id: string): void {
    const upload = this.find(id);
    if (upload && isUnfinished(upload)) this.throwAway(id);
    else this.takeOff(id);
  }

  /** Throws a film away: here, and there, even if it has arrived already. */
  throwAway(id: string): void {
    this.cease(id);
    this.held.delete(id);
    void this.dropBytes(id);
    this.change(id, { state: "thrown", left: undefined });
    void this.forgetThrown();
    this.next();
  }

  private readonly goOn = (): void => {
    if (document.visibilityState === "hidden" || !navigator.onLine) return;
    for (const upload of this.uploads) {
      if (upload.state === "offline") this.change(upload.id, { state: "waiting" });
    }
    void this.forgetThrown();
    // Another tab may have closed, whose films nobody sends now.
    void this.takeUpAll().then(() => this.next());
    this.next();
  };

  private readonly warnBeforeLoss = (event: BeforeUnloadEvent): void => {
    const atRisk = this.uploads.some(
      (upload) => ["sending", "waiting", "offline"].includes(upload.state) && !this.copied.has(upload.id),
    );
    if (atRisk) event.preventDefault();
  };

  private fresh(file: { name: string; lastModified: number }, wishes: Wishes): Upload {
    return {
      id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
      name: file.name,
      size: 0,
      lastModified: file.lastModified,
      type: "",
      title: titleFor(file, wishes.purpose),
      ...wishes,
      ...(this.bearer ? { bearer: this.bearer } : {}),
      addedAt: Date.now(),
      sent: 0,
      state: "waiting",
    };
  }

  private async takeUpAll(): Promise<void> {
    for (const { id, upload } of await shelved(this.person).catch(() => [])) {
      if (this.find(id)) continue;
      const mayGo = !upload.filmed || upload.cleared;
      const isOld = Date.now() - upload.addedAt > FINISHED_STAYS_MS;
      if (isOld && (upload.state === "sent" || upload.state === "failed") && mayGo) void drop(id);
      else if (!this.stopping.signal.aborted && (await claim(id))) await this.takeUp(upload);
    }
    void this.forgetThrown();
  }

  private async takeUp(upload: Upload): Promise<void> {
    const { id } = upload;
    const bytes = isUnfinished(upload) ? await keptBytes(upload).catch(() => undefined) : undefined;
    if (this.find(id)) return;
    if (bytes) {
      this.bytes.set(id, bytes);
      this.copied.add(id);
    }
    const state = stateAgain(upload, bytes !== undefined);
    const size = bytes instanceof Growing ? Math.max(bytes.size, upload.sent) : upload.size;
    this.uploads = [...this.uploads, { ...upload, size, state, growing: false, left: undefined }];
    if (state === "sent") void this.dropBytes(id);
    this.draw();
  }

  private next(): void {
    if (this.stopping.signal.aborted) return;
    for (const upload of this.uploads.toReversed()) {
      const bytes = this.bytes.get(upload.id);
      if (upload.state !== "waiting" || !bytes || (upload.filmed && upload.size === 0 && !upload.growing))
        continue;
      // Somebody stands there and waits for what was filmed just now: it doesn't queue.
      if (this.running.size < AT_ONCE || upload.filmed) this.send(upload, bytes);
    }
  }

  private send(upload: Upload, bytes: File | Growing): void {
    const { id } = upload;
    const pace = new Pace();
    this.change(id, { state: "sending", problem: undefined });
    const stop = send(upload, bytes, {
      video: (videoId) => this.change(id, { videoId }),
      url: (url) => this.change(id, { url }),
      progress: (sent) => {
        pace.note(sent, performance.now());
        const whole = bytes instanceof Growing && !bytes.isWhole ? undefined : bytes.size;
        this.change(id, { sent, left: whole && pace.left(whole) }, { quietly: true });
      },
      // What the server has for certain is written down, so that a reload can say so.
      accepted: (sent) => this.change(id, { sent }),
      finished: () => this.finish(id),
      stopped: (why) => this.interrupt(id, why),
    });
    this.running.set(id, stop);
  }

  private finish(id: string): void {
    this.running.delete(id);
    this.bytes.delete(id);
    const upload = this.find(id);
    this.change(id, { state: "sent", sent: upload?.size ?? 0, left: undefined });
    if (!this.held.has(id)) void this.dropBytes(id);
    void queryClient.invalidateQueries({ queryKey: ["videos"] });
    this.next();
  }

  private interrupt(id: string, { state, problem, loggedOut }: Interruption): void {
    this.cease(id);
    if (loggedOut && !this.find(id)?.bearer) sessionExpired();
    this.change(id, { state, left: undefined, ...(problem ? { problem } : {}) });
    this.next();
  }

  private cease(id: string): void {
    this.running.get(id)?.();
    this.running.delete(id);
  }

  /** Tells the server of what was thrown away; what it can't hear now it is told later. */
  private async forgetThrown(): Promise<void> {
    for (const upload of this.uploads) {
      if (upload.state !== "thrown" || this.telling.has(upload.id)) continue;
      this.telling.add(upload.id);
      if (await forget(upload)) {
        this.takeOff(upload.id);
        void queryClient.invalidateQueries({ queryKey: ["videos"] });
      }
      this.telling.delete(upload.id);
    }
  }

  private takeOff(id: string): void {
    this.cease(id);
    void this.dropBytes(id);
    this.uploads = this.uploads.filter((other) => other.id !== id);
    void drop(id)
      .catch(() => undefined)
      .then(() => release(id));
    this.draw();
    this.next();
  }

  private async dropBytes(id: string): Promise<void> {
    this.bytes.delete(id);
    this.copied.delete(id);
    const upload = this.find(id);
    if (upload?.cleared) return;
    await (upload?.filmed ? journal().drop(id) : dropFile(id)).catch(() => undefined);
    // So that the next start of the app needn't look into the journal. A code is of no more use then either.
    if (this.find(id)?.state === "sent" && !this.held.has(id))
      this.change(id, { cleared: true, bearer: undefined });
  }

  /** Clears away what no upload of anybody belongs to any more. */
  private async sweep(): Promise<void> {
    const known = await everybodys().catch(() => undefined);
    if (!known) return;
    for (const id of await journal().ids()) {
      if (!known.has(id) && !this.find(id) && (await claim(id))) {
        await journal().drop(id);
        release(id);
      }
    }
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
    this.listed = this.uploads.filter((upload) => upload.state !== "thrown");
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
    if (this.bytes.has(id)) this.copied.add(id);
    else await dropFile(id).catch(() => undefined); // it was sent before the copy was made
  }
}
