"""Walks the boxes of an MP4 or MOV file (ISO/IEC 14496-12, 4.2) without trusting any length it finds."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pennydrop.errors import Invalid

ReadAt = Callable[[int, int], bytes]
"""`read_at(offset, length)` returns exactly those bytes of the file, or fewer at its end."""

# A 12-hour film at 60 frames a second with uneven frame times needs about 55 MB of tables.
MAX_MOOV_BYTES = 64 << 20
# Each box at the top costs one read, a request each when the file is in an object store.
MAX_TOP_LEVEL_BOXES = 512
# Real containers hold a few dozen boxes; this only ends a walk through millions of empty ones.
MAX_CHILD_BOXES = 4096
_CUT_SHORT = "This film was cut short while it was recorded or copied. Please copy it from the phone again."


class Mp4Unreadable(Invalid):
    """The file isn't an MP4 or MOV that can be indexed; `reason` is a sentence a coach can read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotPlainMp4(Mp4Unreadable):
    """A sound file perhaps, but of a kind that must be copied or converted before it can be indexed."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box that is in memory: its four-letter kind and what it holds."""

    kind: bytes
    body: memoryview

    def u32(self, offset: int) -> int:
        return int(self._unpack(">I", offset))

    def u64(self, offset: int) -> int:
        return int(self._unpack(">Q", offset))

    def u16(self, offset: int) -> int:
        return int(self._unpack(">H", offset))

    def i64(self, offset: int) -> int:
        return int(self._unpack(">q", offset))

    def i32(self, offset: int) -> int:
        return int(self._unpack(">i", offset))

    @property
    def version(self) -> int:
        """The version of a full box: its first byte."""
        return self.u32(0) >> 24

    def bytes_at(self, offset: int, length: int) -> bytes:
        if offset + length > len(self.body):
            raise self._too_short()
        return bytes(self.body[offset : offset + length])

    def table(self, offset: int, length: int) -> memoryview:
        """Return `length` bytes from `offset` without copying them."""
        if offset + length > len(self.body):
            raise self._too_short()
        return self.body[offset : offset + length]

    def _unpack(self, form: str, offset: int) -> int:
        try:
            value: int = struct.unpack_from(form, self.body, offset)[0]
        except struct.error:
            raise self._too_short() from None
        return value

    def _too_short(self) -> Mp4Unreadable:
        return Mp4Unreadable(f"The video's index is damaged: its “{name(self.kind)}” part is too short.")


def name(kind: bytes) -> str:
    """Spell a four-letter code so that it can be shown: anything but plain letters becomes “?”."""
    return "".join(chr(c) if 32 < c < 127 else "?" for c in kind).strip("?") or "?"


def children(body: memoryview, start: int = 0) -> Iterator[Box]:
    """Yield the boxes that follow each other in `body` from `start`."""
    position = start
    for _ in range(MAX_CHILD_BOXES):
        # QuickTime may close a container with four zero bytes.
        if position + 8 > len(body):
            return
        size, kind = struct.unpack_from(">I4s", body, position)
        header = 8
        if size == 1 and position + 16 <= len(body):
            size, header = struct.unpack_from(">Q", body, position + 8)[0], 16
        if size < header or position + size > len(body):
            raise Mp4Unreadable(
                f"The video's index is damaged: its “{name(kind)}” part claims a size it can't have."
            )
        yield Box(kind, body[position + header : position + size])
        position += size
    raise Mp4Unreadable("The video's index is damaged: it has far too many parts.")


def child(parent: Box, kind: bytes) -> Box | None:
    """Return the first box of that kind in `parent`."""
    return next((box for box in children(parent.body) if box.kind == kind), None)


def required(parent: Box, *path: bytes) -> Box:
    """Return the box at `path` below `parent`. Raises `Mp4Unreadable` when it isn't there."""
    for kind in path:
        found = child(parent, kind)
        if found is None:
            raise Mp4Unreadable(f"The video's index is incomplete: it lacks the part called “{name(kind)}”.")
        parent = found
    return parent


def read_moov(read_at: ReadAt, file_size: int) -> Box:
    """Find the index (`moov`) of a plain MP4 or MOV, wherever it lies, and read it.

    Raises `NotPlainMp4` for a fragmented file and `Mp4Unreadable` when there is no index or it is too large.
    """
    position = 0
    for _ in range(MAX_TOP_LEVEL_BOXES):
        if position + 8 > file_size:
            break
        header = read_at(position, min(16, file_size - position))
        if len(header) < 8:
            break
        size, kind = struct.unpack_from(">I4s", header)
        header_size = 8
        if size == 1 and len(header) == 16:
            size, header_size = struct.unpack_from(">Q", header, 8)[0], 16
        elif size == 0:
            size = file_size - position
        if kind == b"moof":
            raise NotPlainMp4("The video is stored in fragments.")
        if size < header_size:
            break
        if kind == b"moov":
            return _read_whole(read_at, position + header_size, size - header_size, file_size)
        position += size
    raise Mp4Unreadable(_CUT_SHORT)


def _read_whole(read_at: ReadAt, position: int, length: int, file_size: int) -> Box:
    if position + length > file_size:
        raise Mp4Unreadable(_CUT_SHORT)
    if length > MAX_MOOV_BYTES:
        raise Mp4Unreadable("The video's index claims to be larger than that of a twelve-hour film.")
    body = read_at(position, length)
    if len(body) != length:
        raise Mp4Unreadable(_CUT_SHORT)
    return Box(b"moov", memoryview(body))
