"""Writes the clean header of an MP4: `ftyp`, `moov`, and the opening of `mdat`; no metadata, no dates."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pennydrop.media.mp4.entries import box, full_box
from pennydrop.media.mp4.tables import Flags, Ints

UNITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
FTYP = box(b"ftyp", b"isom", struct.pack(">I", 0x200), b"isomiso2avc1mp41")
LANGUAGE_UNKNOWN = 0x55C4
DREF_SELF = full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 1))


@dataclass(frozen=True, slots=True, eq=False)
class HeaderTrack:
    """One track as the header describes it, its samples in decoding order.

    Shown is what starts at `start` (in ticks after the first sample's decoding time) and lasts `length`,
    after a wait of `delay`, both in the movie's ticks. Chunk k holds `chunk_counts[k]` samples and lies at
    `chunk_offsets[k]` bytes after the beginning of the media data.
    """

    kind: str
    timescale: int
    entry: bytes
    matrix: bytes
    display: bytes
    sizes: Ints
    durations: Ints
    composition: Ints
    keyframes: Flags | None
    start: int
    length: int
    delay: int
    chunk_counts: Ints
    chunk_offsets: Ints


def write_header(
    tracks: Sequence[HeaderTrack], *, movie_timescale: int, media_bytes: int, movie_matrix: bytes = UNITY
) -> bytes:
    """Write everything that comes before `media_bytes` of samples, index first: playing can start at once."""
    wide = media_bytes >= 0xF0000000
    if wide:
        mdat = struct.pack(">I4sQ", 1, b"mdat", 16 + media_bytes)
    else:
        mdat = struct.pack(">I4s", 8 + media_bytes, b"mdat")

    def moov(base: int, tables: Sequence[bytes]) -> bytes:
        length = max(track.delay + track.length for track in tracks)
        mvhd = full_box(
            b"mvhd",
            1,
            0,
            struct.pack(">QQIQIH10x", 0, 0, movie_timescale, length, 0x10000, 0x100),
            movie_matrix,
            struct.pack(">24xI", len(tracks) + 1),
        )
        traks = (
            _trak(track, number, _stbl(track, table, base, wide))
            for number, (track, table) in enumerate(zip(tracks, tables, strict=True), 1)
        )
        return box(b"moov", mvhd, *traks)

    tables = [_sample_tables(track) for track in tracks]
    # Offsets are of fixed width, so the header's length doesn't depend on their values.
    length = len(FTYP) + len(moov(0, [b""] * len(tables))) + sum(map(len, tables)) + len(mdat)
    return b"".join((FTYP, moov(length, tables), mdat))


def _trak(track: HeaderTrack, number: int, stbl: bytes) -> bytes:
    sound = track.kind == "sound"
    tkhd = full_box(
        b"tkhd",
        1,
        3,
        struct.pack(">QQIIQ8xHHHH", 0, 0, number, 0, track.delay + track.length, 0, 0, 0x100 * sound, 0),
        track.matrix,
        track.display,
    )
    edits = [(track.length, track.start)]
    if track.delay:
        edits.insert(0, (track.delay, -1))
    elst = full_box(
        b"elst",
        1,
        0,
        struct.pack(">I", len(edits)),
        *(struct.pack(">QqI", length, start, 0x10000) for length, start in edits),
    )
    mdhd = full_box(
        b"mdhd",
        1,
        0,
        struct.pack(">QQIQHH", 0, 0, track.timescale, int(track.durations.sum()), LANGUAGE_UNKNOWN, 0),
    )
    hdlr = full_box(b"hdlr", 0, 0, struct.pack(">4x4s12xx", b"soun" if sound else b"vide"))
    kind = full_box(b"smhd", 0, 0, bytes(4)) if sound else full_box(b"vmhd", 0, 1, bytes(8))
    minf = box(b"minf", kind, box(b"dinf", DREF_SELF), stbl)
    return box(b"trak", tkhd, box(b"edts", elst), box(b"mdia", mdhd, hdlr, minf))


def _stbl(track: HeaderTrack, tables: bytes, base: int, wide: bool) -> bytes:
    kind, width = (b"co64", ">u8") if wide else (b"stco", ">u4")
    return box(b"stbl", tables, full_box(kind, 0, 0, _counted(track.chunk_offsets[:, None] + base, width)))


def _sample_tables(track: HeaderTrack) -> bytes:
    """Write everything in `stbl` but the chunks' offsets."""
    parts = [
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), track.entry),
        full_box(b"stts", 0, 0, _counted(_runs(track.durations))),
    ]
    if track.composition.any():
        signed = int(track.composition.min()) < 0
        parts.append(full_box(b"ctts", int(signed), 0, _counted(_runs(track.composition))))
    if track.keyframes is not None and not track.keyframes.all():
        parts.append(full_box(b"stss", 0, 0, _counted(np.flatnonzero(track.keyframes)[:, None] + 1)))
    chunks = _runs(track.chunk_counts)
    first = np.cumsum(chunks[:, 0]) - chunks[:, 0] + 1
    parts += [
        full_box(b"stsc", 0, 0, _counted(np.stack((first, chunks[:, 1], np.ones_like(first)), axis=1))),
        full_box(b"stsz", 0, 0, struct.pack(">II", 0, len(track.sizes)), track.sizes.astype(">u4").tobytes()),
    ]
    return b"".join(parts)


def _runs(values: Ints) -> NDArray[np.int64]:
    """Fold equal neighbours into (count, value) rows."""
    starts = np.concatenate(([0], np.flatnonzero(np.diff(values)) + 1))
    counts = np.diff(np.append(starts, len(values)))
    return np.stack((counts, values[starts]), axis=1)


def _counted(rows: NDArray[np.int64], dtype: str = ">u4") -> bytes:
    # A negative offset wraps to its two's complement, which is how `ctts` stores it.
    return struct.pack(">I", len(rows)) + rows.astype(dtype).tobytes()
