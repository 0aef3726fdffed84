"""Range requests (RFC 9110, section 14): which bytes a player asks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from pennydrop.errors import PennydropError

_SPEC = re.compile(r"\s*(\d{0,18})-(\d{0,18})\s*")


class Bytes(NamedTuple):
    """Bytes [start, end) of something."""

    start: int
    end: int


class RangeNotSatisfiable(PennydropError):
    """No byte of the range is there."""

    def __init__(self, size: int) -> None:
        super().__init__(f"There are only {size} bytes of this.")
        self.size = size


def requested(header: str | None, size: int) -> Bytes | None:
    """Return the one range that `header` asks for of `size` bytes, None for all of it.

    What can't be understood is ignored, as the RFC says; so are several ranges at once, which no player needs
    and which could make an answer larger than what it is of. Raises `RangeNotSatisfiable`.
    """
    unit, equals, spec = (header or "").partition("=")
    found = _SPEC.fullmatch(spec)
    if not equals or unit.strip().lower() != "bytes" or found is None:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), int(last) + 1 if last else size
        if last and end <= start:
            return None
    if start >= min(end, size):
        raise RangeNotSatisfiable(size)
    return Bytes(start, min(end, size))
