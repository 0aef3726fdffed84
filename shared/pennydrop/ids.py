"""Identifiers: random, sortable by the moment they were made, safe in a URL and read aloud."""

from __future__ import annotations

import secrets
import threading
import time
from datetime import datetime

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
ID_LENGTH = 26

_lock = threading.Lock()
_latest = 0


def new_id() -> str:
    """Make an id of 26 characters: 48 bits of Unix milliseconds, then 80 random bits (the layout of a ULID).

    Ids made later sort later, so lists page by id; within one process that holds even inside a millisecond.
    """
    global _latest
    number = _at(time.time_ns() // 1_000_000)
    with _lock:
        if number <= _latest:
            # A random stride, so that the next id of the same millisecond can't be told from this one.
            number = _latest + 1 + secrets.randbits(64)
        _latest = number
    return _spelled(number)


def id_at(moment: datetime) -> str:
    """Make an id that sorts as if it had been made then: for what is brought in from an earlier day."""
    return _spelled(_at(int(moment.timestamp() * 1000)))


def is_id(text: str) -> bool:
    """Whether this could be an id, as far as its letters tell."""
    return len(text) == ID_LENGTH and all(letter in _ALPHABET for letter in text)


def _at(unix_ms: int) -> int:
    return unix_ms << 80 | secrets.randbits(80)


def _spelled(number: int) -> str:
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))
