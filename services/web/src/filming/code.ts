import { aboutLeft } from "~/shared/time";

/** The address as one types it, without what browsers put there themselves. */
export function addressOf(url: string): string {
  return url.replace(/^https:\/\//, "");
}

/** Whether an address means the very device that opens it. */
export function isOnlyHere(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname.startsWith("127.") ||
    hostname === "[::1]"
  );
}

/** How long a code still lives, in words: it needs no second by second. */
export function validFor(expiresAt: string, now: number): string {
  const left = new Date(expiresAt).getTime() - now;
  return `Good for ${left < 60_000 ? "less than a minute" : aboutLeft(left)} more; each film makes it longer.`;
}
