import { useEffect, useRef } from "react";
import type { Span } from "~/watch/player/frameTable";
import { drawSound, type Sound } from "~/watch/timeline/drawSound";

interface SoundCanvasProps {
  className: string | undefined;
  window: Span;
  sound: Sound | undefined;
  speech: Span[] | undefined;
}

/** Sound and speech of a window of the film. Drawn once, and again only when its size or what it shows changes. */
export function SoundCanvas({ className, window, sound, speech }: SoundCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { startMs, endMs } = window;
  useEffect(() => {
    const canvas = ref.current;
    if (!canvas) return;
    const watcher = new ResizeObserver(() => drawSound(canvas, { startMs, endMs }, sound, speech));
    watcher.observe(canvas);
    return () => watcher.disconnect();
  }, [startMs, endMs, sound, speech]);
  return <canvas ref={ref} className={className} />;
}
