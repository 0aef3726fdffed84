const DAYS = 5;
const NINE = { hours: 9, minutes: 30 };

/** The next school days at the hour that was last used: what a visit is planned with, in one tap. */
export function slots(now: Date, last: string | null): Date[] {
  const at = last ? new Date(last) : null;
  const { hours, minutes } = at ? { hours: at.getHours(), minutes: at.getMinutes() } : NINE;
  const found: Date[] = [];
  for (let ahead = 1; found.length < DAYS; ahead++) {
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead, hours, minutes);
    if (day.getDay() !== 0 && day.getDay() !== 6) found.push(day);
  }
  return found;
}

/** What `<input type="datetime-local">` takes. */
export function local(date: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
