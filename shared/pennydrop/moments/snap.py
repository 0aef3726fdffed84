"""Times that people give, moved to the nearest frame by the video's own frame table where it has one."""

from __future__ import annotations

import json
from functools import lru_cache

from pennydrop.media.frames import FrameTable
from pennydrop.storage.port import ObjectMissing, ObjectStore
from pennydrop.timeline import Span
from pennydrop.videos.models import RenditionName, Video

# A table of an hour at 60 frames takes 3.5 MB of the API's memory; the films being marked just now fit.
_KEPT = 8


def frame_table(store: ObjectStore, video: Video) -> FrameTable | None:
    """Return when each frame of the video is shown, or None while nobody has read that yet."""
    made = next((one for one in video.renditions if one.name == RenditionName.FRAMES), None)
    if made is None:
        return None
    try:
        return _read(_Keyed(store, made.key))
    except ObjectMissing:
        return None


def snap_point(table: FrameTable | None, ms: int) -> int:
    """Return the start of the frame nearest to `ms`; `ms` itself without a table."""
    return ms if table is None else table.start_ms(table.nearest(ms))


def snap_span(table: FrameTable | None, span: Span) -> Span:
    """Return the span between the frame boundaries nearest to its ends, one frame at least."""
    return span if table is None else table.snap_span(span)


class _Keyed:
    """A stored table by its key: keys are never overwritten, so equal keys hold equal tables."""

    def __init__(self, store: ObjectStore, key: str) -> None:
        self.store = store
        self.key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and (other.key, id(other.store)) == (self.key, id(self.store))

    def __hash__(self) -> int:
        return hash((self.key, id(self.store)))


@lru_cache(maxsize=_KEPT)
def _read(stored: _Keyed) -> FrameTable:
    return FrameTable.from_json(json.loads(stored.store.read(stored.key)))
