"""Which parts of a film a smart cut reads, so that not all of it has to be there."""

from __future__ import annotations

import contextlib

import numpy as np

from pennydrop.media.mp4.boxes import NotPlainMp4
from pennydrop.media.mp4.index import Mp4Index
from pennydrop.media.mp4.kept import keep_sound
from pennydrop.media.mp4.tables import Samples
from pennydrop.media.smartcut.plan import FrameOrder

Ranges = list[tuple[int, int]]
"""Bytes [start, end) of a film, each after the one before."""

# Reading what lies between two parts costs less than asking once more.
_NEAR = 256 << 10


def bytes_needed(index: Mp4Index, frames: range) -> Ranges:
    """Return where the pictures and the sound lie from which these frames are cut.

    Nearly always: where what the index calls a keyframe is none, the cut begins at one further back.
    """
    track = index.video
    order = FrameOrder(track)
    start, end = order.places_of(frames)
    before = order.entries[order.entries <= start]
    first = int(before[-1]) if len(before) else 0
    last = max(int(order.samples[start:end].max()) + 1, end)
    parts = [track.samples.part(first, last)]
    if index.sound:
        begin_tick, end_tick = order.ticks_of(frames)
        # Sound of another kind stops the cut by itself.
        with contextlib.suppress(NotPlainMp4):
            sound = keep_sound(index.sound, track.seconds(begin_tick), track.seconds(end_tick))
            parts += [sound.samples] if sound else []
    return _joined(parts)


def _joined(parts: list[Samples]) -> Ranges:
    offsets = np.concatenate([part.offsets for part in parts])
    ends = offsets + np.concatenate([part.sizes for part in parts])
    found: Ranges = []
    for at in np.argsort(offsets).tolist():
        start, end = int(offsets[at]), int(ends[at])
        if found and start <= found[-1][1] + _NEAR:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
