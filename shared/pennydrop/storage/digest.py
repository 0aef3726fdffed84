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
    """Put a file into the store and return what to remember of it. The file may be gone from `path` then."""
    sha256 = sha256_of(path)
    return KeptFile(key, store.put_file(key, path), sha256)


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
