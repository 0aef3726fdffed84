"""Small films for everything that reads and writes MP4, made once per test session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pennydrop.media.mp4.index import Mp4Index, read_index
from pennydrop.media.mp4.virtual import VirtualFile
from tests.factories.films import FilmShelf


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


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> FilmShelf:
    return FilmShelf(tmp_path_factory.mktemp("mp4-films"))
