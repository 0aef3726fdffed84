const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A length of film in words: `45 s`, `2 min 05 s`, `1 h 02 min`. */
export function spoken(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** A place in a film as a player shows it: `1:23`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The `t` of a link that begins at this place in a film: exact to the millisecond. */
export function at(ms: number): string {
  return `${ms}ms`;
}

/** A date as people say it: `today 10:42`, `yesterday 14:05`, `Tuesday 09:10`, `12 March`, `3 May 2024`. */
export function said(when: string | Date, now = new Date()): string {
  const date = new Date(when);
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const days = daysBetween(date, now);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `yesterday ${time}`;
  if (days > 1 && days < 7) return `${date.toLocaleDateString("en-GB", { weekday: "long" })} ${time}`;
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}

/** A time to come as people say it: `today 14:00`, `tomorrow 10:40`, `Thursday 10:40`, `12 March 10:40`. */
export function coming(when: string | Date, now = new Date()): string {
  const date = new Date(when);
  const days = daysBetween(now, date);
  if (days <= 0) return said(date, now);
  const time = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (days === 1) return `tomorrow ${time}`;
  if (days < 7) return `${date.toLocaleDateString("en-GB", { weekday: "long" })} ${time}`;
  return `${date.toLocaleDateString("en-GB", { day: "numeric", month: "long" })} ${time}`;
}

/** What is left to wait, in words that stay still: `a few seconds`, `about 3 min`, `about 1 h 20 min`. */
export function aboutLeft(ms: number): string {
  if (ms < 15_000) return "a few seconds";
  if (ms < MINUTE) return "less than a minute";
  if (ms < HOUR) return `about ${Math.round(ms / MINUTE)} min`;
  const minutes = Math.round(ms / MINUTE / 5) * 5;
  const rest = minutes % 60;
  return `about ${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ""}`;
}

/** A size as phones show it: `410 MB`, `1.3 GB`. */
export function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.max(1, Math.round(bytes / 1e3))} KB`;
}

/** How much of a whole has come, in the whole's own unit: `38 of 410 MB`. */
export function sizeOf(done: number, total: number): string {
  if (total >= 1e9) return `${(done / 1e9).toFixed(1)} of ${(total / 1e9).toFixed(1)} GB`;
  if (total >= 1e6) return `${Math.floor(done / 1e6)} of ${Math.round(total / 1e6)} MB`;
  return `${Math.floor(done / 1e3)} of ${Math.max(1, Math.round(total / 1e3))} KB`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}

function daysBetween(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / (24 * HOUR));
}
