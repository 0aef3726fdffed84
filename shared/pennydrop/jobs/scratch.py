"""Folders for attempts to work in: one each, on this machine's disk, gone when the attempt ends."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

# Longer than any clock trick or slow delete; a crashed attempt's leftovers may wait that long.
_OLD_S = 3600


@contextmanager
def folder(root: Path, name: str) -> Iterator[Path]:
    """Make the folder `name` under `root` for the length of the block."""
    path = root / name
    path.mkdir(parents=True, exist_ok=True)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def sweep(root: Path, *, keep: Collection[str]) -> None:
    """Remove folders that crashed attempts left an hour ago or earlier, except those in `keep`."""
    if not root.is_dir():
        return
    for path in root.iterdir():
        if path.name not in keep and path.is_dir() and time.time() - path.stat().st_mtime > _OLD_S:
            shutil.rmtree(path, ignore_errors=True)
