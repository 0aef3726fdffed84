"""A film with its index, as the tests of MP4 read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pennydrop.media.mp4.index import Mp4Index, read_index
from pennydrop.media.mp4.virtual import VirtualFile


@dataclass(frozen=True)
class OpenFilm:
    """A film on disk with its index and a way to read its bytes."""

    path: Path
    index: Mp4Index
    read_at: Callable[[int, int], bytes]

    def bytes_of(self, virtual: VirtualFile, start: int = 0, end: int | None = None) -> bytes:
        """What a browser gets when it asks for these bytes of the virtual file."""
        parts = virtual.slices(start, virtual.size if end is None else end)
        return b"".join(part if isinstance(part, bytes) else self.read_at(*part) for part in parts)


def open_film(path: Path) -> OpenFilm:
    data = path.read_bytes()

    def read_at(offset: int, length: int) -> bytes:
        return data[offset : offset + length]

    return OpenFilm(path, read_index(read_at, len(data)), read_at)
