const WINDOW_MS = 12_000;
const ENOUGH_MS = 1_500;

/** Judges how long an upload still takes from what was sent in the last seconds. */
export class Pace {
  private readonly samples: { at: number; sent: number }[] = [];

  /** Notes that `sent` bytes had gone at the time `at` (ms). */
  note(sent: number, at: number): void {
    const last = this.samples.at(-1);
    // A resumed upload may begin again a little earlier.
    if (last && sent < last.sent) this.samples.length = 0;
    this.samples.push({ at, sent });
    while (this.samples.length > 2 && at - (this.samples[0]?.at ?? at) > WINDOW_MS) this.samples.shift();
  }

  /** Milliseconds to go for the rest; undefined while there is too little to judge by. */
  left(total: number): number | undefined {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (!first || !last || last.at - first.at < ENOUGH_MS || last.sent === first.sent) return undefined;
    const perMs = (last.sent - first.sent) / (last.at - first.at);
    return (total - last.sent) / perMs;
  }
}
