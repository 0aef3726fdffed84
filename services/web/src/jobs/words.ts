import type { CareNow, RoomNow, Work } from "~/api/types";
import { sizeOf } from "~/shared/time";

const KINDS: Record<string, string> = {
  "video.ingest": "Looking into a new film",
  "video.proxies": "Making copies that play everywhere",
  "video.chunk": "Making copies that play everywhere, a minute at a time",
  "video.sound": "Making the sound of these copies",
  "video.poster": "Choosing a picture for a film",
  "video.extras": "Pictures along the timeline, and its sound",
  "video.prove": "Checking that a film arrived whole",
  "clip.file": "Cutting a clip",
  "clip.original": "Cutting a clip in full quality",
  "storage.forget": "Removing what was deleted",
  "care.remember": "Noting what was erased, so that no backup brings it back",
  "chunks.retired": "Letting go of what was watched while it was made",
  "storage.sweep": "Sweeping up what nobody needs",
  "uploads.expire": "Clearing away unfinished uploads",
};

/** What a piece of work does, in plain words. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind;
}

const UNITS: [seconds: number, word: string][] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

/** A length of time in its largest unit: “3 hours”. */
export function lasting(seconds: number): string {
  const [size, word] = UNITS.find(([size]) => seconds >= size) ?? [1, "second"];
  const count = Math.max(1, Math.round(seconds / size));
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** How long it is stuck, runs or is waiting. */
export function standing({ state, since_s, attempt, progress }: Work): string {
  if (state === "failed")
    return `Failed ${lasting(since_s)} ago${attempt > 1 ? `, after ${attempt} tries` : ""}`;
  if (state === "running") {
    const done = progress ? `, ${progress} %` : "";
    return `For ${lasting(since_s)}${done}${attempt > 1 ? `, try ${attempt}` : ""}`;
  }
  if (since_s < 0) return `Tries again in ${lasting(-since_s)}`;
  return `Waiting for ${lasting(since_s)}`;
}

/** Housekeeping that is due only later is no news. */
export function isNews({ state, since_s, failure }: Work): boolean {
  return state !== "queued" || since_s >= 0 || failure !== null;
}

/** Whose films take most of what one person may keep. */
export function nearlyFullWords({ nearly_full, quota }: Pick<RoomNow, "nearly_full" | "quota">): string {
  const each = nearly_full.map(
    ({ person, school, bytes }) => `${person.name}, ${school.name}: ${sizeOf(bytes, quota)}.`,
  );
  return [...each, "Once it is all used, no more films of theirs come in until some are deleted."].join(" ");
}

/** How backups and the reading of what is stored stand, in one line. */
export function careWords({ backup_age_s, backup_is_late, scrub_age_s, scrub_faults }: CareNow): string {
  const backup =
    backup_age_s === null
      ? "No whole backup was ever taken."
      : `The last whole backup is ${lasting(backup_age_s)} old${backup_is_late ? ", and newer ones lack something or weren’t taken" : ""}.`;
  const read =
    scrub_age_s === null
      ? "What is stored was never read through."
      : `All that is stored was last read ${lasting(scrub_age_s)} ago.`;
  const found =
    scrub_faults === 0
      ? ""
      : `${scrub_faults} ${scrub_faults === 1 ? "file is" : "files are"} damaged or missing: pennydrop scrub on the server says more.`;
  return [backup, read, found].filter(Boolean).join(" ");
}
