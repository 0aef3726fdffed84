"""A clip of a film in a bucket, for which only the part that it shows is fetched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pennydrop.media.cutting import CutClip, cut_clip, cut_needs
from pennydrop.media.mp4.boxes import read_moov
from pennydrop.storage.partly import PartlyNear
from pennydrop.storage.port import ObjectStore
from pennydrop.timeline import Span


def cut_from_parts(
    store: ObjectStore,
    key: str,
    span: Span,
    folder: Path,
    *,
    threads: int = 2,
    cancelled: Callable[[], bool] | None = None,
) -> CutClip:
    """Write `span` of the film under `key` to `folder/cut/clip.mp4`, as `cut_clip` does from the whole film.

    Raises what `cut_clip` raises, also where more of the film is needed than its index told, and
    `Mp4Unreadable`, `ObjectMissing`.
    """
    cut, needs = folder / "cut", folder / "needs"
    for one in (folder, cut, needs):
        one.mkdir()
    with PartlyNear(store, key, folder / "film") as film:
        read_moov(film.read_at, film.size)
        film.fetch(cut_needs(film.path, span, needs, cancelled=cancelled))
        return cut_clip(film.path, span, cut, threads=threads, here=film.here, cancelled=cancelled)
