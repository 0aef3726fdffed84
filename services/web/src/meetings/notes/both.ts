/** The other’s words with one’s own beneath. */
export function bothOf(theirs: string, mine: string): string {
  return [theirs, mine].filter((words) => words.trim() !== "").join("\n");
}
