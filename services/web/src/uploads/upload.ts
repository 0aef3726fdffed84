/** A film on its way from this device to Pennydrop. */
export interface Upload {
  id: string;
  name: string;
  size: number;
  /** With name and size, how the same file is known again when it is chosen after a reload. */
  lastModified: number;
  type: string;
  title: string;
  purpose: "lesson" | "rehearsal" | "model" | "meeting";
  /** Whose film it is to be, when it isn't the sender's own. */
  owner?: string;
  ownerName?: string;
  actionStep?: string;
  /** The round of a meeting or of a step that it is the film of. */
  round?: string;
  /** Filmed in the page: its bytes are in the journal, not in a file that somebody chose. */
  filmed?: boolean;
  /** And the journal has let go of them. */
  cleared?: boolean;
  /** It is being filmed still: `size` is what there is so far. */
  growing?: boolean;
  /** The code a phone joined by, in place of a log-in. */
  bearer?: string;
  addedAt: number;
  /** Where the server keeps what it has; known once the first answer came. */
  url?: string;
  videoId?: string;
  sent: number;
  state: UploadState;
  /** Why it failed, in a sentence. */
  problem?: string;
  /** Milliseconds to go, once there is something to judge by. */
  left?: number;
}

export type UploadState =
  | "waiting" // its turn will come
  | "sending"
  | "paused" // by the person
  | "offline" // by the network or a full disk there; goes on by itself
  | "no-room" // there; goes on when somebody has made some
  | "needs-file" // after a reload, when the browser let go of the file
  | "sent"
  | "failed"
  | "thrown"; // away by the person; stays until the server has heard of it

/** What a person says about the film before it is sent. */
export interface Wishes {
  purpose: Upload["purpose"];
  owner?: string;
  ownerName?: string;
  actionStep?: string;
  round?: string;
}

export function isUnfinished(upload: Upload): boolean {
  return upload.state !== "sent" && upload.state !== "failed" && upload.state !== "thrown";
}

/** What is still on its way first, so that it is never hidden below what is done. */
export function inOrder(uploads: readonly Upload[]): Upload[] {
  return uploads.toSorted((a, b) => Number(isUnfinished(b)) - Number(isUnfinished(a)));
}

export function isSameFile(upload: Upload, file: File): boolean {
  return upload.name === file.name && upload.size === file.size && upload.lastModified === file.lastModified;
}

const CAMERA_NAME =
  /^(img|vid|pxl|mov|dsc|mvi|gopr|gx|trim|video|rpreplay)?[\s_.-]*[\d\s_.\-()~]*(mp|hd|ts|cam)?$/i;

/** A title to begin with: what the file is called, unless only a camera could have called it that. */
export function titleFor(file: { name: string; lastModified: number }, purpose: Upload["purpose"]): string {
  const stem = file.name.replace(/\.[^.]{1,5}$/, "").trim();
  if (stem && !CAMERA_NAME.test(stem)) return stem.replaceAll("_", " ");
  const taken = new Date(file.lastModified);
  const day = taken.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  const time = taken.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const kind = { lesson: "Lesson", rehearsal: "Rehearsal", model: "Model", meeting: "Meeting" }[purpose];
  return `${kind}, ${day} ${time}`;
}
