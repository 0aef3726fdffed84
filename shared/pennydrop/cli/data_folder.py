"""The data folder of `pennydrop up`: usable, and used by one of them at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pennydrop import process
from pennydrop.errors import Conflict, Unavailable

_LOCK = "up.lock"


class DataFolderUnusable(Unavailable):
    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"Pennydrop can't keep its data in {folder}: {why}. Make that folder writable for whoever starts "
            f"Pennydrop ({process.user()}), or choose another, for example: pennydrop up --data ~/pennydrop"
        )


class DataFolderTaken(Conflict):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Something already uses the data in {folder}: a running Pennydrop (stop it: systemctl stop "
            f"pennydrop, or Ctrl-C where it was started) or a restore (wait until it has ended)."
        )


def make(folder: Path) -> None:
    """Make the folder where it is missing. Raises `DataFolderUnusable`, also where it can't be written."""
    folder = folder.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderUnusable(folder, error.strerror or str(error)) from error
    if not os.access(folder, os.W_OK | os.X_OK, effective_ids=True):
        raise DataFolderUnusable(folder, os.strerror(errno.EACCES))


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Make the folder where it is missing, and keep it from another `pennydrop up` during the block.

    The kernel lets go of it with this process, however that ends. Raises `DataFolderUnusable` and
    `DataFolderTaken`.
    """
    folder = folder.absolute()
    make(folder)
    try:
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DataFolderUnusable(folder, error.strerror or str(error)) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise DataFolderTaken(folder) from error
    try:
        yield
    finally:
        os.close(lock)
