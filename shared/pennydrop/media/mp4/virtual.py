"""The virtual MP4: a clean header, then byte ranges of the untouched original. Watchable, nothing rewritten.

Time 0 is the first picture that the original's edit list shows. Sound before it is cut off, sound that begins
later is delayed, both by the header's edit lists: picture and sound stay exactly in step.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pennydrop.media.mp4.boxes import Mp4Unreadable, NotPlainMp4
from pennydrop.media.mp4.header import write_header
from pennydrop.media.mp4.index import Mp4Index, TrackIndex
from pennydrop.media.mp4.kept import Kept, keep_sound, keep_video
from pennydrop.media.mp4.tables import Ints

# A 45-minute film with a data track between all its chunks has some thousands.
MAX_RANGES = 250_000
MAGIC = b"PDV1"


class Range(NamedTuple):
    """`length` bytes of the original file from `offset`."""

    offset: int
    length: int


@dataclass(frozen=True, eq=False)
class VirtualFile:
    """A file that exists only as a header and byte ranges of another."""

    header: bytes
    offsets: Ints
    lengths: Ints

    @property
    def ranges(self) -> tuple[Range, ...]:
        return tuple(map(Range, self.offsets.tolist(), self.lengths.tolist()))

    @property
    def size(self) -> int:
        return int(self._ends[-1])

    @cached_property
    def _ends(self) -> Ints:
        """Where each range ends in this file; the header's end comes first."""
        return len(self.header) + np.append(0, np.cumsum(self.lengths))

    def slices(self, start: int, end: int) -> Iterator[bytes | Range]:
        """Yield what bytes [start, end) of this file: header bytes, then original ranges."""
        end = min(end, self.size)
        if start < len(self.header) and start < end:
            yield self.header[start : min(end, len(self.header))]
        first = int(np.searchsorted(self._ends, start, "right")) - 1
        for k in range(max(0, first), len(self.lengths)):
            begins = int(self._ends[k])
            low, high = max(start, begins), min(end, int(self._ends[k + 1]))
            if begins >= end:
                return
            if low < high:
                yield Range(int(self.offsets[k]) + low - begins, high - low)

    def to_bytes(self) -> bytes:
        """Return all of it as one small object, to be stored beside the original."""
        table = np.stack((self.offsets, self.lengths)).astype("<i8").tobytes()
        return MAGIC + struct.pack("<I", len(self.lengths)) + zlib.compress(table + self.header, 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> VirtualFile:
        """Read back what `to_bytes` wrote."""
        if data[:4] != MAGIC:
            raise ValueError("These bytes are not a stored virtual file.")
        count = struct.unpack_from("<I", data, 4)[0]
        plain = zlib.decompress(data[8:])
        offsets, lengths = np.frombuffer(plain, "<i8", 2 * count).astype(np.int64).reshape(2, count)
        return cls(plain[16 * count :], offsets, lengths)


def build_virtual(index: Mp4Index, video: TrackIndex, sound: TrackIndex | None) -> VirtualFile:
    """Describe a clean MP4 of `video` and `sound`, two tracks of `index`, made of the original's bytes.

    Raises `NotPlainMp4` when the pictures aren't H.264 or the sound isn't AAC, and `Mp4Unreadable` when
    samples overlap.
    """
    kept = [keep_video(video)]
    heard = keep_sound(sound, kept[0].begins, kept[0].ends) if sound else None
    if heard:
        kept.append(heard)
    counts, offsets, ranges = _lay_out(kept)
    # Sound's clock as the movie's makes a delay exact to the sample; pictures need no delay.
    movie_timescale = kept[-1].track.timescale
    tracks = [
        part.header_track(movie_timescale, chunk_counts, chunk_offsets)
        for part, chunk_counts, chunk_offsets in zip(kept, counts, offsets, strict=True)
    ]
    header = write_header(
        tracks,
        movie_timescale=movie_timescale,
        media_bytes=int(ranges[1].sum()),
        movie_matrix=index.movie_matrix,
    )
    return VirtualFile(header, *ranges)


def _lay_out(kept: Sequence[Kept]) -> tuple[list[Ints], list[Ints], tuple[Ints, Ints]]:
    """Keep the samples in the original's order, without what lies between them.

    Return, per track, its chunks' sample counts and positions in the media data; and the original's ranges.
    """
    starts: list[Ints] = []
    lengths: list[Ints] = []
    counts: list[Ints] = []
    for part in kept:
        offsets, sizes = part.samples.offsets, part.samples.sizes
        breaks = np.concatenate(([0], np.flatnonzero(offsets[:-1] + sizes[:-1] != offsets[1:]) + 1))
        starts.append(offsets[breaks])
        lengths.append(np.add.reduceat(sizes, breaks))
        counts.append(np.diff(np.append(breaks, len(sizes))))
    all_starts, all_lengths = np.concatenate(starts), np.concatenate(lengths)
    # Nearly sorted already, which a stable sort uses; of two runs at one place, an empty one comes first.
    order = np.argsort(2 * all_starts + (all_lengths > 0), kind="stable")
    begin, length = all_starts[order], all_lengths[order]
    if (begin[1:] < begin[:-1] + length[:-1]).any():
        raise Mp4Unreadable("The video's index is damaged: its pictures lie on top of each other.")
    positions = np.empty_like(begin)
    positions[order] = np.cumsum(length) - length
    breaks = np.concatenate(([0], np.flatnonzero(begin[1:] != begin[:-1] + length[:-1]) + 1))
    if len(breaks) > MAX_RANGES:
        raise NotPlainMp4("The video is scattered over its file.")
    ranges = begin[breaks], np.add.reduceat(length, breaks)
    splits = np.cumsum([len(part) for part in starts])[:-1]
    return counts, np.split(positions, splits), ranges
