import { Suspense } from "react";
import { closeCamera, useFilming } from "~/filming/opened";
import { late } from "~/shared/late";

// The camera's code comes when it is wanted.
const FilmHere = late(() => import("~/filming/FilmHere"), "FilmHere");

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
