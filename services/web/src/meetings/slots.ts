/** A time to meet, or to come and see a lesson, with the words people use for it. */
export interface Slot {
  at: Date;
  words: string;
}

const DAY_MS = 24 * 60 * 60_000;
const QUARTER_MS = 15 * 60_000;

/** `tomorrow 10:15`, `Thursday 10:15`, `Thursday 3 December 10:15`. */
export function slotWords(at: Date, now = new Date()): string {
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const days = daysUntil(at, now);
  if (days === 0) return `today ${time}`;
  if (days === 1) return `tomorrow ${time}`;
  const day = at.toLocaleDateString("en-GB", { weekday: "long" });
  if (days > 1 && days < 7) return `${day} ${time}`;
  return `${day} ${at.toLocaleDateString("en-GB", { day: "numeric", month: "long" })} ${time}`;
}

/**
 * Three times to come and see the step: at the hour of the lesson it began with, on the next school day, the one
 * after it, and a week after that lesson’s own weekday.
 */
export function observationSlots(lessonAt: Date | undefined, now = new Date()): Slot[] {
  const hour = lessonAt && isSchoolHour(lessonAt) ? lessonAt : atHour(now, 10);
  const first = schoolDay(now, 1);
  const second = schoolDay(first, 1);
  const weekday = lessonAt && lessonAt.getDay() % 6 !== 0 ? lessonAt.getDay() : now.getDay();
  let week = schoolDay(second, 1);
  for (let tries = 0; tries < 7 && week.getDay() !== weekday; tries++) week = schoolDay(week, 1);
  return [first, second, week].map((day) => slot(sameTime(day, hour), now));
}

/** Three times to meet: after school today or on the next two school days. */
export function meetingSlots(now = new Date()): Slot[] {
  const today = sameTime(now, atHour(now, 15, 30));
  const isOver = today.getTime() < now.getTime() + QUARTER_MS || now.getDay() % 6 === 0;
  const first = isOver ? schoolDay(now, 1) : now;
  const second = schoolDay(first, 1);
  return [first, second, schoolDay(second, 1)].map((day) => slot(sameTime(day, atHour(now, 15, 30)), now));
}

/** What a field for date and time takes: local, to the minute. */
export function forField(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

function slot(at: Date, now: Date): Slot {
  return { at, words: slotWords(at, now) };
}

function schoolDay(from: Date, on: number): Date {
  let day = new Date(from.getTime() + on * DAY_MS);
  while (day.getDay() % 6 === 0) day = new Date(day.getTime() + DAY_MS);
  return day;
}

function isSchoolHour(at: Date): boolean {
  return at.getHours() >= 8 && at.getHours() < 16;
}

function atHour(day: Date, hour: number, minute = 0): Date {
  const at = new Date(day);
  at.setHours(hour, minute, 0, 0);
  return at;
}

function sameTime(day: Date, time: Date): Date {
  return atHour(day, time.getHours(), Math.round(time.getMinutes() / 5) * 5);
}

function daysUntil(at: Date, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(at) - midnight(now)) / DAY_MS);
}
