export interface Stretch {
  kind: "same" | "gone" | "come";
  text: string;
  /** Its place among the stretches. */
  at: number;
}

/** Two texts told apart word by word, by their longest common row of words. */
export function compareWords(old: string, now: string): Stretch[] {
  const before = old.split(/\s+/).filter(Boolean);
  const after = now.split(/\s+/).filter(Boolean);
  const common = commonLengths(before, after);
  const found: Omit<Stretch, "at">[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      add(found, "same", after[j++] ?? "");
      i++;
    } else if (i < before.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      add(found, "gone", before[i++] ?? "");
    } else if (j < after.length) {
      add(found, "come", after[j++] ?? "");
    } else {
      add(found, "gone", before[i++] ?? "");
    }
  }
  return found.map((stretch, at) => ({ ...stretch, at }));
}

function add(found: Omit<Stretch, "at">[], kind: Stretch["kind"], word: string): void {
  const last = found.at(-1);
  if (last?.kind === kind) last.text += ` ${word}`;
  else found.push({ kind, text: word });
}

/** For each pair of places, how many words the rests have in common, in order. */
function commonLengths(before: string[], after: string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    const row = lengths[i] as number[];
    const below = lengths[i + 1] as number[];
    for (let j = after.length - 1; j >= 0; j--) {
      row[j] =
        before[i] === after[j]
          ? (below[j + 1] as number) + 1
          : Math.max(below[j] as number, row[j + 1] as number);
    }
  }
  return lengths;
}
