"""Writes a clip's samples and their header to a file, picture and sound in turns of half a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pennydrop.media.mp4.boxes import ReadAt
from pennydrop.media.mp4.header import write_header
from pennydrop.media.mp4.kept import Kept
from pennydrop.media.mp4.tables import Ints

TURNS_PER_SECOND = 2


class _Chunk(NamedTuple):
    turn: int
    track: int
    first: int
    last: int


def write_clip(
    out: Path,
    read_at: ReadAt,
    video: Kept,
    new_pictures: Sequence[bytes | None],
    sound: Kept | None,
    *,
    movie_matrix: bytes,
) -> int:
    """Write the clip and return its size. Samples are the film's own, but for the pictures that are new."""
    kept = [video, sound] if sound else [video]
    chunks = sorted(chunk for number, part in enumerate(kept) for chunk in _chunks(part, number))
    lengths = [int(kept[c.track].samples.sizes[c.first : c.last].sum()) for c in chunks]
    offsets = np.cumsum([0, *lengths])
    movie_timescale = kept[-1].track.timescale
    tracks = []
    for number, part in enumerate(kept):
        own = [(at, chunk) for at, chunk in enumerate(chunks) if chunk.track == number]
        counts: Ints = np.array([chunk.last - chunk.first for _, chunk in own], np.int64)
        tracks.append(part.header_track(movie_timescale, counts, offsets[[at for at, _ in own]]))
    header = write_header(
        tracks, movie_timescale=movie_timescale, media_bytes=int(offsets[-1]), movie_matrix=movie_matrix
    )
    with out.open("wb") as file:
        file.write(header)
        for chunk in chunks:
            samples = kept[chunk.track].samples
            for number in range(chunk.first, chunk.last):
                new = new_pictures[number] if chunk.track == 0 else None
                if new is None:
                    new = read_at(int(samples.offsets[number]), int(samples.sizes[number]))
                file.write(new)
    return len(header) + int(offsets[-1])


def _chunks(part: Kept, track: int) -> Iterator[_Chunk]:
    dts = part.samples.dts
    turns = (dts - dts[0]) * TURNS_PER_SECOND // part.track.timescale
    starts = [0, *(np.flatnonzero(np.diff(turns)) + 1).tolist(), len(dts)]
    for first, last in pairwise(starts):
        yield _Chunk(int(turns[first]), track, first, last)
