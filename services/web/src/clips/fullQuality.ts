import type { Clip } from "~/api/types";
import { useAskForOriginal } from "~/clips/api";
import { size } from "~/shared/time";

interface FullQuality {
  words: string;
  /** Where it is, once it is made. */
  href?: string;
  /** Has it made, where nobody has asked yet or it went wrong. */
  make?: () => void;
}

/** What a clip in the film’s full quality has come to; nothing for who may not see the film. */
export function useFullQuality(clip: Clip): FullQuality | null {
  const ask = useAskForOriginal();
  if (!clip.video) return null;
  const original = clip.original;
  if (original?.state === "ready" && original.url) {
    const weight = original.size ? ` · ${size(original.size)}` : "";
    return { words: `Download in full quality${weight}`, href: `${original.url}&download=1` };
  }
  if (ask.isPending || original?.state === "queued") return { words: "Full quality is on its way…" };
  const make = () => ask.mutate(clip);
  if (ask.isError || original?.state === "failed")
    return { words: "Full quality didn’t work. Try again", make };
  return { words: "Make it in full quality", make };
}
