"""The object store as the rest of Pennydrop knows it: a small Protocol with two implementations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pennydrop.errors import Conflict, NotFound, Unavailable


class ObjectMissing(NotFound):
    """No object has this key."""

    def __init__(self, key: str) -> None:
        super().__init__("That file isn't in the store any more.")
        self.key = key


class ObjectExists(Conflict):
    """An object has this key already."""

    def __init__(self, key: str) -> None:
        super().__init__("That file is in the store already.")
        self.key = key


class StoreAway(Unavailable):
    """The store can't be used just now: nothing is known of any object."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    key: str
    size: int
    modified_at: datetime


class ObjectStore(Protocol):
    """Whole objects under keys. An object appears at once or not at all, and is never overwritten in part."""

    @property
    def place(self) -> str:
        """Where it is, for whoever looks after it: a folder, or a bucket's name."""
        ...

    def put_file(self, key: str, path: Path, *, only_new: bool = False) -> int:
        """Store the file at `path`, durably, and return its size. The file is gone from `path` then.

        With `only_new`, raises `ObjectExists` where there is an object of this key.
        """
        ...

    def put_bytes(self, key: str, data: bytes) -> int:
        """Store `data`, durably, and return its size."""
        ...

    def size(self, key: str) -> int:
        """Return the size in bytes. Raises `ObjectMissing`."""
        ...

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """Return bytes [start, end) in one piece: for small objects. Raises `ObjectMissing`."""
        ...

    def stream(self, key: str, start: int, end: int, chunk: int = 1 << 18) -> Iterator[bytes]:
        """Yield bytes [start, end) in pieces of at most `chunk`. Raises `ObjectMissing`."""
        ...

    def local_path(self, key: str) -> Path | None:
        """Return where the object lies on this machine's disk, to read only, or None where it doesn't."""
        ...

    def internal_address(self, key: str, media_type: str) -> str:
        """Return where a web server in front of us finds the object: a path of its `internal` locations."""
        ...

    def fetch(self, key: str, to: Path) -> Path:
        """Make the whole object readable at a local path: its own where it has one, else a copy at `to`."""
        ...

    def delete(self, key: str) -> None:
        """Remove the object; missing is fine."""
        ...

    def delete_prefix(self, prefix: str) -> int:
        """Remove every object whose key starts with `prefix` and return how many there were."""
        ...

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """Yield the objects whose keys start with `prefix`, in no promised order."""
        ...

    def free_bytes(self) -> int | None:
        """Return how much room is left, or None where nobody can tell."""
        ...
