/** One small picture of the film: a part of a sheet. */
export interface Thumb {
  startMs: number;
  sheet: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const CUE = /((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+\S+[^\n]*\n([^\n]+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

/** Reads a WebVTT track of thumbnails; sheets are found beside the track. */
export function parseStoryboard(vtt: string, trackUrl: string): Thumb[] {
  return [...vtt.replaceAll("\r\n", "\n").matchAll(CUE)].map(([, start = "", sheet = "", ...box]) => {
    const [x = 0, y = 0, width = 0, height = 0] = box.map(Number);
    return { startMs: clockMs(start), sheet: new URL(sheet.trim(), trackUrl).href, x, y, width, height };
  });
}

/** The picture for a place in the film: the last one taken before it. */
export function thumbAt(thumbs: Thumb[], ms: number): Thumb | undefined {
  let [low, high] = [0, thumbs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((thumbs[middle]?.startMs ?? 0) <= ms) low = middle;
    else high = middle - 1;
  }
  return thumbs[low];
}

function clockMs(text: string): number {
  return Math.round(text.split(":").reduce((total, part) => total * 60 + Number(part), 0) * 1000);
}
