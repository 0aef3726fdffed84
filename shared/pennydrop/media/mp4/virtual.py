"""The virtual MP4: a clean header, then byte ranges of the untouched original. Watchable, nothing rewritten.

Time 0 is the first picture that the original's edit list shows. Sound before it is cut off, sound that begins
later is delayed, both by the header's edit lists: picture and sound stay exactly in step.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pennydrop.media.mp4.boxes import Mp4Unreadable, NotPlainMp4
from pennydrop.media.mp4.entries import clean_entry
from pennydrop.media.mp4.header import HeaderTrack, write_header
from pennydrop.media.mp4.index import Mp4Index, TrackIndex
from pennydrop.media.mp4.tables import Ints

# A decoder of AAC needs the packets before the first one it plays; two cover HE-AAC as well.
SOUND_PREROLL = 2
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


@dataclass(frozen=True, slots=True)
class _Kept:
    """The samples of a track that are kept, and the stretch of it that is shown, all in its own ticks."""

    track: TrackIndex
    first: int
    last: int
    start: int
    end: int
    delay: int = 0


def build_virtual(index: Mp4Index, video: TrackIndex, sound: TrackIndex | None) -> VirtualFile:
    """Describe a clean MP4 of `video` and `sound`, two tracks of `index`, made of the original's bytes.

    Raises `NotPlainMp4` when the pictures aren't H.264 or the sound isn't AAC, and `Mp4Unreadable` when
    samples overlap.
    """
    kept = [_kept_video(video)]
    if sound is not None:
        kept += _kept_sound(sound, kept[0])
    counts, offsets, ranges = _lay_out(kept)
    # Sound's clock as the movie's makes a delay exact to the sample; pictures need no delay.
    movie_timescale = kept[-1].track.timescale
    tracks = [
        _header_track(part, movie_timescale, chunk_counts, chunk_offsets)
        for part, chunk_counts, chunk_offsets in zip(kept, counts, offsets, strict=True)
    ]
    header = write_header(
        tracks,
        movie_timescale=movie_timescale,
        media_bytes=int(ranges[1].sum()),
        movie_matrix=index.movie_matrix,
    )
    return VirtualFile(header, *ranges)


def _kept_video(track: TrackIndex) -> _Kept:
    """Keep what is shown, and from the keyframe before it, without which it can't be decoded."""
    shown = np.flatnonzero(track.shown)
    before = np.flatnonzero(track.samples.keyframes[: shown[0] + 1])
    first = int(before[-1]) if len(before) else 0
    return _Kept(track, first, int(shown[-1]) + 1, track.first_shown, track.end_shown)


def _kept_sound(track: TrackIndex, video: _Kept) -> list[_Kept]:
    """Keep the sound that is heard while pictures are shown; nothing when there is none."""
    samples, edit = track.samples, track.edit
    zero = track.media_ticks(video.track.seconds(video.start))
    start = max(zero, edit.start, int(samples.pts[0]))
    end = min(track.media_ticks(video.track.seconds(video.end)), int(samples.pts[-1] + samples.durations[-1]))
    if edit.length is not None:
        end = min(end, edit.start + round(Fraction(edit.length * track.timescale, track.movie_timescale)))
    if start >= end:
        return []
    first = max(0, int(np.searchsorted(samples.pts, start, "right")) - 1 - SOUND_PREROLL)
    last = int(np.searchsorted(samples.pts, end, "left"))
    return [_Kept(track, first, last, start, end, delay=start - zero)] if first < last else []


def _lay_out(kept: Sequence[_Kept]) -> tuple[list[Ints], list[Ints], tuple[Ints, Ints]]:
    """Keep the samples in the original's order, without what lies between them.

    Return, per track, its chunks' sample counts and positions in the media data; and the original's ranges.
    """
    starts: list[Ints] = []
    lengths: list[Ints] = []
    counts: list[Ints] = []
    for part in kept:
        offsets = part.track.samples.offsets[part.first : part.last]
        sizes = part.track.samples.sizes[part.first : part.last]
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


def _header_track(part: _Kept, movie_timescale: int, counts: Ints, offsets: Ints) -> HeaderTrack:
    track, samples = part.track, part.track.samples
    kept = slice(part.first, part.last)
    decoding_start = int(samples.dts[part.first])
    # An edit can't begin before the first decoding time; where pictures do (negative offsets), all move up.
    shift = max(0, decoding_start - part.start)

    def movie_ticks(ticks: int) -> int:
        return -(-ticks * movie_timescale // track.timescale)

    return HeaderTrack(
        kind=track.kind,
        timescale=track.timescale,
        entry=clean_entry(track),
        matrix=track.matrix,
        display=track.display,
        sizes=samples.sizes[kept],
        durations=samples.durations[kept],
        composition=samples.pts[kept] - samples.dts[kept] + shift,
        keyframes=samples.keyframes[kept] if track.kind == "video" else None,
        start=part.start - decoding_start + shift,
        length=movie_ticks(part.end - part.start),
        delay=movie_ticks(part.delay),
        chunk_counts=counts,
        chunk_offsets=offsets,
    )
