"""What is known of an object once it is stored: where it lies, its size and the sha256 of its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pennydrop.storage.port import ObjectStore


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An object as rows remember it: a scrub and a backup hold its bytes against this."""

    key: str
    size: int
    sha256: str


def keep_file(store: ObjectStore, key: str, path: Path) -> KeptFile:
    """Move a file into the store, under a key that nothing has yet, and return what to remember of it.

    Raises `ObjectExists`: what was published once is never replaced.
    """
    sha256 = sha256_of(path)
    return KeptFile(key, store.put_file(key, path, only_new=True), sha256)


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
