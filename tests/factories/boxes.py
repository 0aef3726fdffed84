"""Small surgery on MP4 boxes, for films that no encoder here can make."""

from __future__ import annotations

import struct
from pathlib import Path


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def with_dolby_vision(path: Path, *, profile: int, compatible: int) -> Path:
    """Give an HEVC film (moov at its end) the box that declares a Dolby Vision profile."""
    flags = (profile << 9) | (6 << 3) | 0b101  # level 6; RPU and base layer present
    config = box(
        b"dvvC" if profile > 7 else b"dvcC",
        b"\x01\x00",
        struct.pack(">H", flags),
        bytes([compatible << 4]),
        bytes(19),
    )
    data = bytearray(path.read_bytes())
    entry = data.index(b"hvc1", data.rindex(b"moov")) - 4
    end = entry + struct.unpack_from(">I", data, entry)[0]
    data[end:end] = config
    for kind in (b"hvc1", b"stsd", b"stbl", b"minf", b"mdia", b"trak", b"moov"):
        # The nearest enclosing box of each kind before the insertion has grown.
        at = data.rindex(kind, 0, end) - 4
        struct.pack_into(">I", data, at, struct.unpack_from(">I", data, at)[0] + len(config))
    path.write_bytes(data)
    return path


def with_stretches(path: Path, *stretches: tuple[int, int]) -> Path:
    """Give each track of a film (moov at its end, a clock of ms) an edit list of `(start, length)` in ms."""
    data = bytearray(path.read_bytes())
    at = data.find(b"elst", data.rindex(b"moov"))
    while at > 0:
        begins = struct.unpack_from(">i", data, at + 16)[0]
        timescale = struct.unpack_from(">I", data, data.index(b"mdhd", at) + 16)[0]
        entries = [
            struct.pack(">Iii", length, begins + start * timescale // 1000, 0x10000)
            for start, length in stretches
        ]
        new = box(b"elst", struct.pack(">II", 0, len(entries)), *entries)
        old = struct.unpack_from(">I", data, at - 4)[0]
        data[at - 4 : at - 4 + old] = new
        for kind in (b"edts", b"trak", b"moov"):
            where = data.rindex(kind, 0, at) - 4
            struct.pack_into(">I", data, where, struct.unpack_from(">I", data, where)[0] + len(new) - old)
        at = data.find(b"elst", at + len(new))
    path.write_bytes(data)
    return path
