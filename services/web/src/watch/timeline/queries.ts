import { queryOptions, skipToken } from "@tanstack/react-query";
import { Problem } from "~/api/problem";
import { FrameTable, type FrameTableJson, type Span } from "~/watch/player/frameTable";
import type { Sound } from "~/watch/timeline/drawSound";
import { parseStoryboard, type Thumb } from "~/watch/timeline/storyboard";

// Addresses of media name their version: what came once never changes.
const FOREVER = { staleTime: Number.POSITIVE_INFINITY, gcTime: 30 * 60_000 };

async function fetched(url: string): Promise<Response> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok)
    throw new Problem(answer.status, "media", "This part of the film can’t be reached just now.");
  return answer;
}

export const framesQuery = (url: string | null | undefined) =>
  queryOptions({
    ...FOREVER,
    queryKey: ["media", url, "frames"],
    queryFn: url
      ? async () => FrameTable.fromJson((await (await fetched(url)).json()) as FrameTableJson)
      : skipToken,
    // A table is a thing with methods: it is the same or another, never merged.
    structuralSharing: false,
  });

export const storyboardQuery = (url: string | null | undefined) =>
  queryOptions({
    ...FOREVER,
    queryKey: ["media", url, "storyboard"],
    queryFn: url
      ? async (): Promise<Thumb[]> =>
          parseStoryboard(await (await fetched(url)).text(), new URL(url, location.href).href)
      : skipToken,
  });

export const soundQuery = (url: string | null | undefined) =>
  queryOptions({
    ...FOREVER,
    queryKey: ["media", url, "sound"],
    queryFn: url
      ? async (): Promise<Sound> => readSound((await (await fetched(url)).json()) as WaveformJson)
      : skipToken,
    structuralSharing: false,
  });

export const speechQuery = (url: string | null | undefined) =>
  queryOptions({
    ...FOREVER,
    queryKey: ["media", url, "speech"],
    queryFn: url
      ? async (): Promise<Span[]> => {
          const { speech } = (await (await fetched(url)).json()) as { speech: [number, number][] };
          return speech.map(([startMs, endMs]) => ({ startMs, endMs }));
        }
      : skipToken,
  });

interface WaveformJson {
  per_second: number;
  /** The lowest and the highest sample of each stretch, from -128 to 127. */
  min: number[];
  max: number[];
}

function readSound({ per_second, min, max }: WaveformJson): Sound {
  const loudest = max.map((high, i) => Math.max(Math.abs(high), Math.abs(min[i] ?? 0)) / 128);
  return { peaks: Float32Array.from(loudest), peaksPerS: per_second };
}
