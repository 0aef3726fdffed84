import { correction, generate } from "lean-qr";

/** A code to scan. Its squares are one path, so that no edge between two of them can be seen. */
export function QrCode({ text, label }: { text: string; label: string }) {
  // The address is short, so there is room for a screen that mirrors a window.
  const code = generate(text, { minCorrectionLevel: correction.M });
  const quiet = 4;
  const side = code.size + 2 * quiet;
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) if (code.get(x, y)) path += `M${x + quiet} ${y + quiet}h1v1h-1z`;
  }
  return (
    <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#16150f" />
    </svg>
  );
}
