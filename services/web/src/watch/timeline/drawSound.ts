import type { Span } from "~/watch/player/frameTable";
import { columnPeaks, fractionOf } from "~/watch/timeline/scale";

export interface Sound {
  /** From 0 to 1, evenly spaced from the film's start. */
  peaks: Float32Array;
  peaksPerS: number;
}

const BAR = 2;
const GAP = 1;
const BAND = 3;

/** Draws sound as bars, and speech as a quiet band below; sharp on any screen. */
export function drawSound(
  canvas: HTMLCanvasElement,
  window: Span,
  sound: Sound | undefined,
  speech: Span[] | undefined,
): void {
  const ratio = globalThis.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext("2d");
  if (!pen || width === 0) return;
  pen.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const room = height - BAND - 3;
  pen.fillStyle = style.getPropertyValue("--strip-sound");
  if (sound) {
    const columns = Math.floor(width / (BAR + GAP));
    columnPeaks(sound.peaks, sound.peaksPerS, window, columns).forEach((peak, column) => {
      // Voices are soft beside a scraping chair: the root lifts them.
      const bar = Math.max(Math.sqrt(peak) * room, 1);
      pen.fillRect(column * (BAR + GAP), (room - bar) / 2, BAR, bar);
    });
  }
  pen.fillStyle = style.getPropertyValue("--strip-speech");
  for (const { startMs, endMs } of speech ?? []) {
    const from = Math.max(fractionOf(startMs, window), 0) * width;
    const to = Math.min(fractionOf(endMs, window), 1) * width;
    if (to > from) pen.fillRect(from, height - BAND, Math.max(to - from, 1), BAND);
  }
}
