"""Expands a track's sample tables (ISO/IEC 14496-12, 8.6 and 8.7) into one row per sample, bounded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pennydrop.media.mp4.boxes import Box, Mp4Unreadable, NotPlainMp4, child, required

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# 12 hours of pictures at 60 a second and of AAC packets at 48 kHz; 41 bytes each are held in memory.
MAX_SAMPLES = 5_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Every sample of one track in decoding order; times are in the track's own ticks."""

    sizes: Ints
    offsets: Ints
    dts: Ints
    pts: Ints
    durations: Ints
    keyframes: Flags

    def __len__(self) -> int:
        return len(self.sizes)

    def part(self, first: int, last: int) -> Samples:
        """Return samples [first, last)."""
        kept = slice(first, last)
        return Samples(
            self.sizes[kept],
            self.offsets[kept],
            self.dts[kept],
            self.pts[kept],
            self.durations[kept],
            self.keyframes[kept],
        )


@dataclass(frozen=True, slots=True)
class SampleTables:
    """What `expand` found: the samples, and which of the sample descriptions (from 0) all of them use."""

    samples: Samples
    description: int


def expand(stbl: Box, *, file_size: int, budget: int) -> SampleTables:
    """Read the tables in `stbl`.

    Raises `Mp4Unreadable` when they contradict each other, point outside the file or hold more than `budget`
    samples, and `NotPlainMp4` when the format changes midway.
    """
    sizes = _sizes(stbl, budget)
    offsets, description = _offsets(stbl, sizes)
    if len(sizes) and int((offsets + sizes).max()) > file_size:
        raise Mp4Unreadable(
            "The video is incomplete: part of it is missing at the end. Please copy the file again."
        )
    durations = _durations(stbl, len(sizes))
    dts = np.concatenate(([0], np.cumsum(durations)[:-1])) if len(sizes) else durations
    samples = Samples(
        sizes=sizes,
        offsets=offsets,
        dts=dts,
        pts=dts + _composition_offsets(stbl, len(sizes)),
        durations=durations,
        keyframes=_keyframes(stbl, len(sizes)),
    )
    return SampleTables(samples, description)


def _entries(box: Box, columns: int, dtype: str = ">u4") -> NDArray[np.int64]:
    count = box.u32(4)
    width = columns * np.dtype(dtype).itemsize
    table = np.frombuffer(box.table(8, count * width), dtype)
    if dtype == ">u8" and len(table) and int(table.max()) >= 1 << 62:
        raise Mp4Unreadable("The video's index is damaged: it points outside the file.")
    return table.astype(np.int64).reshape(count, columns)


def _sizes(stbl: Box, budget: int) -> Ints:
    compact = child(stbl, b"stz2")
    box = compact or required(stbl, b"stsz")
    count = box.u32(8)
    if count > budget:
        raise Mp4Unreadable("The video claims to have more pictures than a twelve-hour film.")
    if compact:
        return _compact_sizes(compact, count)
    same_for_all = box.u32(4)
    if same_for_all:
        return np.full(count, same_for_all, np.int64)
    return np.frombuffer(box.table(12, count * 4), ">u4").astype(np.int64)


def _compact_sizes(stz2: Box, count: int) -> Ints:
    bits = stz2.u32(4) & 0xFF
    if bits == 4:
        pairs = np.frombuffer(stz2.table(12, (count + 1) // 2), np.uint8)
        return np.stack((pairs >> 4, pairs & 15), axis=1).reshape(-1)[:count].astype(np.int64)
    if bits in (8, 16):
        return np.frombuffer(stz2.table(12, count * bits // 8), f">u{bits // 8}").astype(np.int64)
    raise Mp4Unreadable("The video's index is damaged: its table of sizes has no known form.")


def _offsets(stbl: Box, sizes: Ints) -> tuple[Ints, int]:
    """Return where each sample lies in the file, and the one description that all of them use."""
    wide = child(stbl, b"co64")
    chunks = _entries(wide, 1, ">u8")[:, 0] if wide else _entries(required(stbl, b"stco"), 1)[:, 0]
    runs = _entries(required(stbl, b"stsc"), 3)
    if not len(sizes):
        return np.zeros(0, np.int64), 0
    damaged = Mp4Unreadable("The video's index is damaged: its tables contradict each other.")
    # Some writers leave runs behind that begin after the last chunk.
    runs = runs[runs[:, 0] <= len(chunks)]
    if not len(runs) or runs[0, 0] != 1 or (np.diff(runs[:, 0]) <= 0).any():
        raise damaged
    chunks_in_run = np.diff(np.append(runs[:, 0] - 1, len(chunks)))
    per_chunk = np.repeat(runs[:, 1], chunks_in_run)
    ends = np.minimum(np.cumsum(per_chunk), len(sizes))
    if ends[-1] < len(sizes):
        raise damaged
    per_chunk = np.diff(np.append(0, ends))
    used = np.repeat(runs[:, 2], chunks_in_run)[per_chunk > 0]
    if (used != used[0]).any():
        raise NotPlainMp4("The video changes its format midway.")
    before = np.cumsum(sizes) - sizes
    first_in_chunk = np.minimum(ends - per_chunk, len(sizes) - 1)
    return before + np.repeat(chunks - before[first_in_chunk], per_chunk), int(used[0]) - 1


def _durations(stbl: Box, count: int) -> Ints:
    runs = _entries(required(stbl, b"stts"), 2)
    durations = _repeat(runs, count)
    if len(durations) < count:
        raise NotPlainMp4("The video doesn't say how long each of its pictures lasts.")
    if count and durations[-1] == 0:
        # A recorder that stopped before it knew: the last sample lasts as long as the one before it.
        durations[-1] = durations[-2] if count > 1 and durations[-2] else 1
    return durations


def _composition_offsets(stbl: Box, count: int) -> Ints:
    box = child(stbl, b"ctts")
    if box is None:
        return np.zeros(count, np.int64)
    # Version 0 says unsigned, but writers store negative offsets there too, and every player reads them so.
    table = np.frombuffer(box.table(8, box.u32(4) * 8), np.dtype([("count", ">u4"), ("offset", ">i4")]))
    runs = np.stack((table["count"].astype(np.int64), table["offset"].astype(np.int64)), axis=1)
    offsets = _repeat(runs, count)
    return np.concatenate((offsets, np.zeros(count - len(offsets), np.int64)))


def _repeat(runs: NDArray[np.int64], count: int) -> Ints:
    """Expand (count, value) rows into at most `count` values, whatever counts they claim."""
    ends = np.minimum(np.cumsum(runs[:, 0]), count)
    return np.repeat(runs[:, 1], np.diff(np.append(0, ends)))


def _keyframes(stbl: Box, count: int) -> Flags:
    box = child(stbl, b"stss")
    if box is None:
        return np.ones(count, np.bool_)
    flags = np.zeros(count, np.bool_)
    numbers = _entries(box, 1)[:, 0] - 1
    flags[numbers[(numbers >= 0) & (numbers < count)]] = True
    return flags
