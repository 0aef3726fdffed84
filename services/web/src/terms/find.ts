interface Named {
  id: string;
  name: string;
}

export type Part<T extends Named> = string | { term: T; words: string };

/**
 * Cuts a text where it uses words of the shared language: whole words, the longest name first, however they are
 * capitalised. Each term is linked where it comes first, so that a note stays calm to read.
 */
export function withTerms<T extends Named>(text: string, terms: readonly T[]): Part<T>[] {
  const pattern = patternOf(terms);
  if (!pattern) return [text];
  const byName = new Map(terms.map((term) => [plain(term.name), term]));
  const parts: Part<T>[] = [];
  const linked = new Set<string>();
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const [words] = match;
    const term = byName.get(plain(words));
    if (!term || linked.has(term.id)) continue;
    linked.add(term.id);
    if (match.index > from) parts.push(text.slice(from, match.index));
    parts.push({ term, words });
    from = match.index + words.length;
  }
  if (from < text.length || parts.length === 0) parts.push(text.slice(from));
  return parts;
}

/** The terms that a text uses, in its order. */
export function termsIn<T extends Named>(text: string, terms: readonly T[]): T[] {
  return withTerms(text, terms).flatMap((part) => (typeof part === "string" ? [] : [part.term]));
}

// A page with a hundred notes asks for the same language a hundred times.
const patterns = new WeakMap<readonly Named[], RegExp>();

function patternOf(terms: readonly Named[]): RegExp | undefined {
  if (terms.length === 0) return undefined;
  const known = patterns.get(terms);
  if (known) return known;
  const names = terms
    .map(({ name }) => name.trim())
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  patterns.set(terms, pattern);
  return pattern;
}

function plain(words: string): string {
  return words.trim().replace(/\s+/g, " ").toLowerCase();
}
