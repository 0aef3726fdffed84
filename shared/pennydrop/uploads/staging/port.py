"""Where the bytes of unfinished uploads gather: a small Protocol with two implementations."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from pennydrop.storage.port import ObjectStore

if TYPE_CHECKING:
    from hashlib import _Hash


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


class PartWriter(Protocol):
    """Adds bytes to an unfinished upload from a committed offset on.

    One thread may count while another writes; what was counted is written in the same order.
    """

    offset: int
    """How far it is written."""
    running: RunningHash | None

    def prove_later(self) -> None:
        """Stop hashing on the way: whoever proves the film reads it back."""

    def count(self, pieces: Sequence[bytes]) -> None:
        """Take the next bytes into the hashes."""

    def write(self, pieces: Sequence[bytes]) -> int:
        """Write `pieces` after what is there and return the new offset. Not durable before `sync`.

        After a write that failed there is none again: it would leave a hole. Raises `OSError`, `Unavailable`.
        """
        ...

    def sync_some(self) -> int:
        """Make durable what costs little, beside the stream; return the offset up to which all is."""
        ...

    def sync(self) -> None:
        """Make all that was written durable. What failed once fails ever after. Raises `OSError`."""

    def cut(self, offset: int) -> None:
        """Let go of what was written after `offset`: nobody will count on it, and its room is wanted."""

    def close(self) -> None: ...


class Staging(Protocol):
    """Unfinished uploads, and the locks that let only one request write to each."""

    def prepare(self) -> None:
        """Make what is missing."""

    def create(self, upload_id: str) -> None:
        """Make an empty upload, durably."""

    def open(
        self, upload_id: str, offset: int, running: RunningHash | None, checksum: _Hash | None
    ) -> PartWriter:
        """Go on at a committed offset; what was written beyond it is cut off.

        Raises `UploadBytesLost` where there is less than `offset`.
        """
        ...

    def put_in_place(self, store: ObjectStore, upload_id: str, key: str, length: int) -> bool:
        """Make the whole upload an object, unless an earlier try has; say whether it is there, whole."""
        ...

    def discard(self, upload_id: str) -> None:
        """Remove what there is of an upload."""

    def free_bytes(self) -> int | None:
        """Return how much room is left for unfinished uploads, or None where nobody can tell."""
        ...

    def locked(self, upload_id: str, patience_s: float) -> AbstractContextManager[bool]:
        """Hold an upload's lock across processes and machines, asking whoever holds it to let go.

        Gives False, without the lock, where the holder doesn't within `patience_s`. A lock whose holder died
        is free.
        """
        ...

    def is_wanted(self, upload_id: str) -> bool:
        """Whether somebody else asks this holder to let go, or has the lock already."""
        ...

    def check_held(self, session: Session, upload_id: str) -> None:
        """Make sure, in the transaction that commits an offset, that the lock is still ours.

        Raises `UploadTakenOver`.
        """

    def remove_strays(self, going_on: Collection[str]) -> None:
        """Remove what is an hour old and belongs to none of the uploads that go on."""
