"""Unfinished files on this machine's disk, and the locks that let only one request write to each."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pennydrop.storage.keys import checked
from pennydrop.uploads.errors import UploadBytesLost

if TYPE_CHECKING:
    from hashlib import _Hash

# How often a request that waits for another one's lock looks again.
_LOOK_EVERY_S = 0.05
# The most buffers the kernel takes in one call (IOV_MAX is 1024 on Linux).
_MOST_BUFFERS = 1000


@dataclass(frozen=True, slots=True)
class Staging:
    """The folder of unfinished uploads. It lies on the store's disk, so that finishing is one rename."""

    root: Path

    def prepare(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)

    def part(self, upload_id: str) -> Path:
        """Where an upload's bytes gather."""
        return self.root / f"{checked(upload_id)}.part"

    def claim(self, upload_id: str) -> Path:
        """A file that appears while somebody asks the lock's holder, in whichever process, to let go."""
        return self.root / f"{checked(upload_id)}.claim"

    def _lock_file(self, upload_id: str) -> Path:
        return self.root / f"{checked(upload_id)}.lock"

    def create(self, upload_id: str) -> None:
        """Make the empty file, its name durable."""
        self.prepare()
        os.close(os.open(self.part(upload_id), os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        folder = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def discard(self, upload_id: str) -> None:
        """Remove what there is of an upload."""
        for path in (self.part(upload_id), self.claim(upload_id), self._lock_file(upload_id)):
            path.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        self.prepare()
        return shutil.disk_usage(self.root).free

    def names(self) -> Iterator[tuple[str, Path]]:
        """Yield the upload's id and the path of every file here."""
        for path in self.root.glob("*.*"):
            yield path.stem, path

    @contextmanager
    def locked(self, upload_id: str, patience_s: float) -> Iterator[bool]:
        """Hold an upload's lock across processes, asking whoever holds it to let go.

        Gives False, without the lock, where the holder doesn't within `patience_s`. The kernel frees the lock
        of a process that dies.
        """
        descriptor = self._lock(upload_id, time.monotonic() + patience_s)
        try:
            self.claim(upload_id).unlink(missing_ok=True)
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
            self.claim(upload_id).touch()
            time.sleep(_LOOK_EVERY_S)


@dataclass(slots=True)
class RunningHash:
    """The sha256 of an upload's first `offset` bytes, for as long as one process has seen them all."""

    offset: int
    sha256: _Hash

    @classmethod
    def begin(cls) -> RunningHash:
        return cls(0, hashlib.sha256())

    def copy(self) -> RunningHash:
        return RunningHash(self.offset, self.sha256.copy())


class PartWriter:
    """Adds bytes to an unfinished file from a committed offset on.

    One thread may count while another writes; what was counted is written in the same order.
    """

    def __init__(self, path: Path, offset: int, running: RunningHash | None, checksum: _Hash | None) -> None:
        """Open the file and cut off what was written but never committed.

        Raises `UploadBytesLost` where there is no file, or less of it than `offset`.
        """
        self.offset = offset
        self.running = running.copy() if running is not None and running.offset == offset else None
        if offset == 0:
            self.running = RunningHash.begin()
        self.checksum = checksum
        self._failure: OSError | None = None
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

    def prove_later(self) -> None:
        """Stop hashing on the way: whoever proves the film reads it back."""
        self.running = None

    def count(self, pieces: Sequence[bytes]) -> None:
        """Take the next bytes into the hashes."""
        running = self.running
        for piece in pieces:
            if running is not None:
                running.sha256.update(piece)
                running.offset += len(piece)
            if self.checksum is not None:
                self.checksum.update(piece)

    def write(self, pieces: Sequence[bytes]) -> int:
        """Write `pieces` after what is there and return the new offset. Not durable before `sync`.

        After a write that failed there is none again: it would leave a hole.
        """
        if self._failure is not None:
            raise self._failure
        try:
            for first in range(0, len(pieces), _MOST_BUFFERS):
                self._write_all(pieces[first : first + _MOST_BUFFERS])
        except OSError as error:
            self._failure = error
            raise
        return self.offset

    def sync(self) -> None:
        """Make all that was written durable."""
        os.fdatasync(self._file)

    def cut(self, offset: int) -> None:
        """Let go of what was written after `offset`: nobody will count on it, and its room is wanted."""
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
