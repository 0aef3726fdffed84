"""Objects as files in a folder: written aside, made durable, then put in place by one rename."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pennydrop.ids import new_id
from pennydrop.storage.keys import checked
from pennydrop.storage.port import ObjectExists, ObjectMissing, StoredObject
from pennydrop.storage.stopping import check_wanted

# Keys never begin with a dot, so no listing and no key ever meets what is half written.
_ASIDE = ".aside"
# A copy being made grows all the time.
_STRAY_AFTER_S = 3600
# A delete may remove a folder that a put has just made; the put makes it again.
_PLACE_TRIES = 20


class LocalStore:
    """An `ObjectStore` in one folder. Survives a power cut at any point: an object is whole or absent."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self._aside = self._root / _ASIDE
        self._aside.mkdir(parents=True, exist_ok=True)
        self._forget_strays()

    @property
    def place(self) -> str:
        return str(self._root)

    def _forget_strays(self) -> None:
        """Remove copies that a process was making when it was killed."""
        for path in self._aside.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _STRAY_AFTER_S:
                    path.unlink()

    def put_file(self, key: str, path: Path, *, only_new: bool = False) -> int:
        target = self._path(key)
        if only_new and target.exists():
            # Keys are an attempt's own: nobody races us for one.
            raise ObjectExists(key)
        if path.stat().st_dev == self._root.stat().st_dev:
            # The moment of storing counts for sweeping, not the moment the file was last written.
            os.utime(path)
            _make_durable(path)
            size = path.stat().st_size
            self._place(path, target)
            return size
        copy = self._aside / new_id()
        try:
            with path.open("rb") as source, copy.open("xb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            _make_durable(copy)
            size = copy.stat().st_size
            self._place(copy, target)
        finally:
            copy.unlink(missing_ok=True)
        path.unlink()
        return size

    def put_bytes(self, key: str, data: bytes) -> int:
        target = self._path(key)
        aside = self._aside / new_id()
        try:
            aside.write_bytes(data)
            _make_durable(aside)
            self._place(aside, target)
        finally:
            aside.unlink(missing_ok=True)
        return len(data)

    def size(self, key: str) -> int:
        path = self._path(key)
        try:
            return path.stat().st_size
        except FileNotFoundError:
            raise ObjectMissing(key) from None

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        with _opened(key, self._path(key)) as descriptor:
            stop = os.fstat(descriptor.number).st_size if end is None else end
            return b"".join(_pieces(descriptor.number, start, stop, 1 << 20))

    def stream(self, key: str, start: int, end: int, chunk: int = 1 << 18) -> Iterator[bytes]:
        with _opened(key, self._path(key)) as descriptor:
            yield from _pieces(descriptor.number, start, end, chunk)

    def local_path(self, key: str) -> Path | None:
        return self._path(key)

    def internal_address(self, key: str, media_type: str) -> str:
        return f"/_objects/{checked(key)}"

    def fetch(self, key: str, to: Path) -> Path:
        path = self._path(key)
        if not path.is_file():
            raise ObjectMissing(key)
        return path

    def delete(self, key: str) -> None:
        path = self._path(key)
        with suppress(FileNotFoundError):
            path.unlink()
            self._prune(path.parent)

    def delete_prefix(self, prefix: str) -> int:
        found = [stored.key for stored in self.list(prefix)]
        for key in found:
            self.delete(key)
        return len(found)

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        base, _, _ = prefix.rpartition("/")
        start = self._root / checked(base) if base else self._root
        for folder, folders, files in os.walk(start):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = Path(folder) / name
                key = path.relative_to(self._root).as_posix()
                if not key.startswith(prefix):
                    continue
                with suppress(FileNotFoundError):  # deleted while we looked
                    found = path.stat()
                    yield StoredObject(key, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def free_bytes(self) -> int | None:
        return shutil.disk_usage(self._root).free

    def _path(self, key: str) -> Path:
        return self._root / checked(key)

    def _place(self, path: Path, target: Path) -> None:
        """Rename `path` to `target` and make the names of both folders durable."""
        for tries_left in reversed(range(_PLACE_TRIES)):
            try:
                made = _make_folders(target.parent)
                path.replace(target)
                break
            except (FileNotFoundError, FileExistsError):
                if not tries_left or not path.exists():
                    raise
        for folder in {target.parent, *made}:
            _make_durable(folder)

    def _prune(self, folder: Path) -> None:
        """Remove folders that a delete left empty."""
        with suppress(OSError):  # not empty, or somebody else was quicker
            while folder != self._root:
                folder.rmdir()
                folder = folder.parent


class _opened:
    """A file opened to read, by its descriptor."""

    def __init__(self, key: str, path: Path) -> None:
        try:
            self.number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except (FileNotFoundError, IsADirectoryError):
            raise ObjectMissing(key) from None

    def __enter__(self) -> _opened:
        return self

    def __exit__(self, *exc: object) -> None:
        os.close(self.number)


def _pieces(descriptor: int, start: int, end: int, chunk: int) -> Iterator[bytes]:
    while start < end:
        piece = os.pread(descriptor, min(chunk, end - start), start)
        if not piece:
            return
        start += len(piece)
        check_wanted()
        yield piece


def _make_folders(folder: Path) -> list[Path]:
    """Make `folder` and what is missing above it; return the folders whose list of names changed."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return [place.parent for place in missing]


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
