/** “Aisha Khan” -> “AK”. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** “1 video”, “3 videos”. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** “a”, “a and b”, “a, b and c”. */
export function list(words: string[]): string {
  return new Intl.ListFormat("en-GB", { type: "conjunction" }).format(words);
}

/** First name only, as people speak of each other. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** The first name, or the whole one where others among them share it. */
export function nameAmong(name: string, names: string[]): string {
  const first = firstName(name);
  return names.filter((other) => firstName(other) === first).length > 1 ? name : first;
}
