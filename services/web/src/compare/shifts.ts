/** How two films were laid beside each other by hand, kept on this device: by film and criterion. */
const PREFIX = "pennydrop.compare.";

function keyOf(model: string, take: string, criterion: string | null): string {
  return `${PREFIX}${model}.${take}.${criterion ?? "whole"}`;
}

export function keptShift(model: string, take: string, criterion: string | null): number {
  try {
    const kept = Number(localStorage.getItem(keyOf(model, take, criterion)));
    return Number.isFinite(kept) ? kept : 0;
  } catch {
    return 0;
  }
}

export function keepShift(model: string, take: string, criterion: string | null, ms: number): void {
  try {
    const key = keyOf(model, take, criterion);
    if (Math.round(ms) === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, String(Math.round(ms)));
  } catch {
    // A browser that keeps nothing: it holds as long as the page is open.
  }
}
