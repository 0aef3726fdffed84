/**
 * Where a link's `t` begins, in milliseconds; undefined when it says nothing that can be understood.
 *
 * Written as people do: `83`, `83.4` and `83s` are seconds, `1:23` and `1:02:03.5` a clock, `83400ms` milliseconds.
 * A bare number that lies past the film's end as seconds, but not as milliseconds, was meant as milliseconds.
 */
export function startAt(t: number | string | undefined, durationMs: number | null): number | undefined {
  const text = String(t ?? "").trim();
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? [];
  if (number !== undefined) {
    const value = Number(number);
    if (unit === "ms") return Math.round(value);
    const meansMilliseconds =
      unit === undefined && durationMs !== null && value * 1000 > durationMs && value <= durationMs;
    return Math.round(meansMilliseconds ? value : value * 1000);
  }
  if (!/^(\d+:)?\d{1,2}:\d{2}(\.\d+)?$/.test(text)) return undefined;
  return Math.round(text.split(":").reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}

/** A time to the hundredth, for places where one frame matters: `2:05.43`. */
export function preciseClock(ms: number): string {
  const hundredths = Math.floor(ms / 10);
  const two = (n: number) => String(n).padStart(2, "0");
  const seconds = Math.floor(hundredths / 100);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const rest = `${two(s)}.${two(hundredths % 100)}`;
  return h > 0 ? `${h}:${two(m)}:${rest}` : `${m}:${rest}`;
}
