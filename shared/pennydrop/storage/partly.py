"""A stored object of which only some parts are on this machine's own disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pennydrop.storage.port import ObjectStore

_PIECE = 1 << 20


class PartlyNear:
    """A file as large as the object, in which nothing is where nothing was fetched: holes take no room.

    Raises `ObjectMissing`.
    """

    def __init__(self, store: ObjectStore, key: str, path: Path) -> None:
        self.path = path
        self.size = store.size(key)
        self.here: list[tuple[int, int]] = []
        """Bytes [start, end) that were fetched."""
        self._store, self._key = store, key
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        os.ftruncate(self._file, self.size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        os.close(self._file)
        self.path.unlink()

    def read_at(self, offset: int, length: int) -> bytes:
        """Fetch a small part and return it too; it may end where the object does."""
        end = min(offset + length, self.size)
        if offset >= end:
            return b""
        data = self._store.read(self._key, offset, end)
        os.pwrite(self._file, data, offset)
        self.here.append((offset, offset + len(data)))
        return data

    def fetch(self, parts: Iterable[tuple[int, int]]) -> None:
        """Fetch bytes [start, end) of each part."""
        for start, end in parts:
            at = start
            for piece in self._store.stream(self._key, start, min(end, self.size), _PIECE):
                at += os.pwrite(self._file, piece, at)
            self.here.append((start, at))
