"""Folders for attempts to work in: one each, on this machine's disk, gone when the attempt ends."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
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


def sweep(root: Path, *, ours: Iterable[Path]) -> None:
    """Remove what crashed attempts left an hour ago or earlier.

    `ours` are the folders of attempts that go on in this process. They are made young: the other services
    of this machine sweep here too, and know nothing of them but their age.
    """
    for path in ours:
        with suppress(FileNotFoundError):
            os.utime(path)
    if not root.is_dir():
        return
    for path in root.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime <= _OLD_S:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
