"""Saying how far a backup or a restore is, once a minute: with terabytes they take hours."""

from __future__ import annotations

import time
from collections.abc import Callable

Say = Callable[[str], None]

_EVERY_S = 60.0


def quiet(words: str) -> None:
    """Say nothing."""


class Progress:
    """Counts files, and says once a minute how many there were."""

    def __init__(self, say: Say, done: str, files: int) -> None:
        """`done` says what is done with them, as in “copied”; `files` is how many there are."""
        self._say = say
        self._done = done
        self._files = files
        self._count = 0
        self._bytes = 0
        self._said_at = time.monotonic()

    def count(self, size: int) -> None:
        """Count one file of so many bytes."""
        self._count += 1
        self._bytes += size
        now = time.monotonic()
        if now - self._said_at >= _EVERY_S:
            self._said_at = now
            self._say(
                f"{self._count:,} of {self._files:,} files {self._done}, {self._bytes / 1e6:,.1f} MB so far."
            )
