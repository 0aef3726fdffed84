import { lazy, Suspense } from "react";
import { closeCamera, useFilming } from "~/filming/opened";

// The camera's code comes when it is wanted.
const FilmHere = lazy(() => import("~/filming/FilmHere").then((file) => ({ default: file.FilmHere })));

/** The camera, wherever it was opened. */
export function CameraHost() {
  const filming = useFilming();
  if (!filming) return null;
  return (
    <Suspense fallback={null}>
      <FilmHere {...filming} onClose={closeCamera} />
    </Suspense>
  );
}
