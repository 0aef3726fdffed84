"""Unfinished uploads as files on this machine's disk."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from pennydrop.storage.keys import checked
from pennydrop.storage.port import ObjectStore
from pennydrop.uploads.errors import UploadBytesLost
from pennydrop.uploads.staging.hashing import HashingWriter
from pennydrop.uploads.staging.port import RunningHash
from pennydrop.uploads.staging.stored import STRAY_AFTER_S, is_stored

if TYPE_CHECKING:
    from hashlib import _Hash

# How often a request that waits for another one's lock looks again.
_LOOK_EVERY_S = 0.05
# The most buffers the kernel takes in one call (IOV_MAX is 1024 on Linux).
_MOST_BUFFERS = 1000


@dataclass(frozen=True, slots=True)
class FolderStaging:
    """The folder of unfinished uploads. It lies on the store's disk, so that finishing is one rename."""

    root: Path

    def prepare(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)

    def part(self, upload_id: str) -> Path:
        """Where an upload's bytes gather."""
        return self.root / f"{checked(upload_id)}.part"

    def _claim(self, upload_id: str) -> Path:
        """A file that appears while somebody asks the lock's holder, in whichever process, to let go."""
        return self.root / f"{checked(upload_id)}.claim"

    def _lock_file(self, upload_id: str) -> Path:
        return self.root / f"{checked(upload_id)}.lock"

    def create(self, upload_id: str) -> None:
        self.prepare()
        os.close(os.open(self.part(upload_id), os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        folder = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def open(
        self, upload_id: str, offset: int, running: RunningHash | None, checksum: _Hash | None
    ) -> FilePartWriter:
        return FilePartWriter(self.part(upload_id), offset, running, checksum)

    def put_in_place(self, store: ObjectStore, upload_id: str, key: str, length: int) -> bool:
        part = self.part(upload_id)
        if part.exists() and part.stat().st_size == length:
            return store.put_file(key, part) == length
        return is_stored(store, key, length)

    def discard(self, upload_id: str) -> None:
        for path in (self.part(upload_id), self._claim(upload_id), self._lock_file(upload_id)):
            path.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        self.prepare()
        return shutil.disk_usage(self.root).free

    def is_wanted(self, upload_id: str) -> bool:
        return self._claim(upload_id).exists()

    def check_held(self, session: Session, upload_id: str) -> None:
        """The kernel holds the lock for as long as we live."""

    def remove_strays(self, going_on: Collection[str]) -> None:
        for path in self.root.glob("*.*"):
            with suppress(FileNotFoundError):
                if path.stem not in going_on and time.time() - path.stat().st_mtime > STRAY_AFTER_S:
                    path.unlink()

    @contextmanager
    def locked(self, upload_id: str, patience_s: float) -> Iterator[bool]:
        """Locked by `flock`: the kernel frees the lock of a process that dies."""
        descriptor = self._lock(upload_id, time.monotonic() + patience_s)
        try:
            self._claim(upload_id).unlink(missing_ok=True)
            yield descriptor is not None
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _lock(self, upload_id: str, until: float) -> int | None:
        path = self._lock_file(upload_id)
        self.prepare()
        while True:
            descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            with suppress(BlockingIOError, FileNotFoundError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Whoever finished may have removed the file between our opening and our locking it.
                if os.fstat(descriptor).st_ino == path.stat().st_ino:
                    return descriptor
            os.close(descriptor)
            if time.monotonic() > until:
                return None
            self._claim(upload_id).touch()
            time.sleep(_LOOK_EVERY_S)


class FilePartWriter(HashingWriter):
    """Adds bytes to a file."""

    def __init__(self, path: Path, offset: int, running: RunningHash | None, checksum: _Hash | None) -> None:
        """Open the file and cut off what was written but never committed.

        Raises `UploadBytesLost` where there is no file, or less of it than `offset`.
        """
        super().__init__(offset, running, checksum)
        self._failure: OSError | None = None
        self._not_durable: OSError | None = None
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            raise UploadBytesLost from None
        size = os.fstat(self._file).st_size
        if size < offset:
            os.close(self._file)
            raise UploadBytesLost
        if size > offset:
            os.ftruncate(self._file, offset)

    def write(self, pieces: Sequence[bytes]) -> int:
        if self._failure is not None:
            raise self._failure
        try:
            for first in range(0, len(pieces), _MOST_BUFFERS):
                self._write_all(pieces[first : first + _MOST_BUFFERS])
        except OSError as error:
            self._failure = error
            raise
        return self.offset

    def sync_some(self) -> int:
        offset = self.offset
        self.sync()
        return offset

    def sync(self) -> None:
        if self._not_durable is not None:
            raise self._not_durable
        try:
            os.fdatasync(self._file)
        except OSError as error:
            # The kernel tells of bytes it couldn't write once: asked again, it would say that all is well.
            self._failure = self._not_durable = error
            raise

    def cut(self, offset: int) -> None:
        os.ftruncate(self._file, offset)

    def close(self) -> None:
        os.close(self._file)

    def _write_all(self, pieces: Sequence[bytes]) -> None:
        left = list[bytes | memoryview](pieces)
        while left:
            written = os.pwritev(self._file, left, self.offset)
            self.offset += written
            while left and written >= len(left[0]):
                written -= len(left[0])
                left.pop(0)
            if written:
                left[0] = memoryview(left[0])[written:]
