"""A disk of a few megabytes that a test may fill to its last byte."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHY_NOT = "Only root may mount a small disk."


def can_be_made() -> bool:
    return os.geteuid() == 0


class SmallDisk:
    """A file system of its own at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self) -> None:
        """Leave no room at all."""
        with self._ballast.open("ab") as file:
            piece = 1 << 20
            while piece:
                try:
                    os.write(file.fileno(), b"\0" * piece)
                except OSError:
                    piece //= 2

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)

    def free_bytes(self) -> int:
        return shutil.disk_usage(self.path).free


@contextmanager
def a_small_disk(path: Path, *, kilobytes: int) -> Iterator[SmallDisk]:
    """Mount a disk at `path` for the block, in memory."""
    path.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "pennydrop-test", str(path)], check=True
    )
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
