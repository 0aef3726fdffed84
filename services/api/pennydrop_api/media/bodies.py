"""Bytes on their way out: of stored objects, and of files that exist only as a header and ranges."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from pennydrop.media.mp4.virtual import VirtualFile
from pennydrop.storage.port import ObjectMissing, ObjectStore

# A thread fetches each piece: large enough that this costs little, small enough for many viewers at once.
PIECE = 1 << 18
# A header takes some megabytes for each hour of film.
_MOST_VIRTUAL_FILES = 8


class VirtualFiles:
    """The virtual files that people watch just now, read once. Their keys never change their meaning."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._known: OrderedDict[str, VirtualFile] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> VirtualFile:
        """Return the virtual file stored under `key`. Raises `ObjectMissing`."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = VirtualFile.from_bytes(self._store.read(key))
        with self._lock:
            self._known[key] = found
            if len(self._known) > _MOST_VIRTUAL_FILES:
                self._known.popitem(last=False)
        return found


def virtual_body(
    store: ObjectStore, file: VirtualFile, source_key: str, start: int, end: int
) -> Iterator[bytes]:
    """Yield bytes [start, end) of a virtual file, its small ranges gathered into larger pieces."""
    return _gathered(_virtual_pieces(store, file, source_key, start, end))


def _virtual_pieces(
    store: ObjectStore, file: VirtualFile, source_key: str, start: int, end: int
) -> Iterator[bytes]:
    path = store.local_path(source_key)
    with ExitStack() as opened:
        descriptor = opened.enter_context(_Opened(source_key, path)).number if path else None
        for part in file.slices(start, end):
            if isinstance(part, bytes):
                yield part
            elif descriptor is None:
                yield from store.stream(source_key, part.offset, part.offset + part.length, PIECE)
            else:
                yield from _pread(descriptor, part.offset, part.length)


def _pread(descriptor: int, offset: int, length: int) -> Iterator[bytes]:
    while length and (piece := os.pread(descriptor, min(PIECE, length), offset)):
        offset += len(piece)
        length -= len(piece)
        yield piece


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    batch: list[bytes] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(batch)
            batch, size = [], 0
    if batch:
        yield b"".join(batch)


class _Opened:
    """A local file opened once for all its ranges."""

    def __init__(self, key: str, path: Path) -> None:
        try:
            self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise ObjectMissing(key) from None

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *exc: object) -> None:
        os.close(self.number)
