"""A stored object on this machine's own disk, fetched once for all the jobs that read it."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from pennydrop.storage.port import ObjectStore
from pennydrop.storage.stopping import check_wanted

_LOOK_EVERY_S = 0.05
_FOLDER, _WHOLE = "near-", "whole"


def nearby(store: ObjectStore, key: str, scratch: Path) -> Path:
    """Return a local path of the object: where the store has it, or a copy that others may use as well.

    Copies lie in folders of the scratch space, whose own sweep removes what nobody asked for within the last
    hour. Raises `ObjectMissing`.
    """
    there = store.local_path(key)
    if there is not None:
        return there
    folder = _folder(key, scratch)
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / _WHOLE
    with (folder / "lock").open("w") as lock:
        _lock(lock)
        if not copy.exists():
            fetched = store.fetch(key, folder / "coming")
            fetched.replace(copy)
    os.utime(folder)
    return copy


def _lock(file: TextIO) -> None:
    """Whoever comes second waits for the first one's copy. A process that dies lets go of it."""
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        check_wanted()
        time.sleep(_LOOK_EVERY_S)


def is_near(store: ObjectStore, key: str, scratch: Path) -> bool:
    """Whether `nearby` has nothing to fetch."""
    return store.local_path(key) is not None or (_folder(key, scratch) / _WHOLE).exists()


def _folder(key: str, scratch: Path) -> Path:
    return scratch / f"{_FOLDER}{key.replace('/', '-')}"
