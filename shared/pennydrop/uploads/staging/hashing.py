"""What every writer does with the bytes that go by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pennydrop.uploads.staging.port import RunningHash

if TYPE_CHECKING:
    from hashlib import _Hash


class HashingWriter:
    """Keeps the sha256 of the whole upload going, and the checksum of one request."""

    def __init__(self, offset: int, running: RunningHash | None, checksum: _Hash | None) -> None:
        self.offset = offset
        self.running = running.copy() if running is not None and running.offset == offset else None
        if offset == 0:
            self.running = RunningHash.begin()
        self.checksum = checksum

    def prove_later(self) -> None:
        self.running = None

    def count(self, pieces: Sequence[bytes]) -> None:
        running = self.running
        for piece in pieces:
            if running is not None:
                running.sha256.update(piece)
                running.offset += len(piece)
            if self.checksum is not None:
                self.checksum.update(piece)
