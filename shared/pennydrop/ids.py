"""Identifiers: random, sortable by the moment they were made, safe in a URL and read aloud."""

from __future__ import annotations

import secrets
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
ID_LENGTH = 26

_lock = threading.Lock()
_latest = 0


def new_id() -> str:
    """Make an id of 26 characters: 48 bits of Unix milliseconds, then 80 random bits (the layout of a ULID).

    Ids made later sort later, so lists page by id; within one process that holds even inside a millisecond.
    """
    global _latest
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    with _lock:
        if number <= _latest:
            # A random stride, so that the next id of the same millisecond can't be told from this one.
            number = _latest + 1 + secrets.randbits(64)
        _latest = number
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -5, -5))
