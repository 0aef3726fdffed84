import type { Thumb } from "~/watch/timeline/storyboard";

/** A small picture out of its sheet, scaled to a width. */
export function Thumbnail({ thumb, width }: { thumb: Thumb; width: number }) {
  const scale = width / thumb.width;
  return (
    <span
      style={{ display: "block", width, height: thumb.height * scale, overflow: "hidden" }}
      aria-hidden="true"
    >
      <span
        style={{
          display: "block",
          width: thumb.width,
          height: thumb.height,
          background: `url("${thumb.sheet}") -${thumb.x}px -${thumb.y}px`,
          transform: `scale(${scale})`,
          transformOrigin: "0 0",
        }}
      />
    </span>
  );
}
