"""Reading one stored file back and holding it against what its row knows."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from enum import StrEnum

from pennydrop.care.recorded import StoredFile
from pennydrop.storage.port import ObjectMissing, ObjectStore

_PIECE = 1 << 20


class Fault(StrEnum):
    MISSING = "missing"
    DAMAGED = "damaged"
    ORPHAN = "orphan"
    """It is stored, and nothing refers to it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What reading a file gave: a fault with its reason, or the sha256 of what is there."""

    fault: Fault | None
    why: str = ""
    sha256: str = ""
    size: int = 0


@dataclass(slots=True)
class Pace:
    """Reads no faster than `bytes_per_s` on average (0: as fast as it goes), so that others get on."""

    bytes_per_s: float = 0.0
    read: int = 0
    _since: float = field(default_factory=time.monotonic)

    def count(self, size: int) -> None:
        self.read += size
        if self.bytes_per_s:
            ahead = self._since + self.read / self.bytes_per_s - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)


def look_at(store: ObjectStore, file: StoredFile, pace: Pace) -> Looked:
    """Read a file whole and say what is wrong with it. Raises `Unavailable` where no store answers."""
    try:
        size = store.size(file.key)
        if file.size is not None and size != file.size:
            return Looked(Fault.DAMAGED, f"it has {size:,} bytes where {file.size:,} were stored")
        digest = hashlib.sha256()
        for piece in store.stream(file.key, 0, size, _PIECE):
            digest.update(piece)
            pace.count(len(piece))
    except ObjectMissing:
        return Looked(Fault.MISSING, "it isn't there any more")
    except OSError as error:
        return Looked(Fault.DAMAGED, f"it can't be read ({error.strerror or error})")
    found = digest.hexdigest()
    if file.sha256 is not None and found != file.sha256:
        return Looked(Fault.DAMAGED, "its bytes aren't those that were stored")
    return Looked(None, sha256=found, size=size)
