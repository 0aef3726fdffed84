/** Warm words for how often I watched something; nothing for what was watched once or never. */
export function cameBack(count: number): string | null {
  if (count < 2) return null;
  if (count === 2) return "You came back to this once";
  return count === 3 ? "You came back to this twice" : `You came back to this ${count - 1} times`;
}
