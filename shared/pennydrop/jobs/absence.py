"""Errors that are no fault of a job's: the database, the store or the room on the disk that it needs is away.

Such an attempt doesn't count. The job waits, asks again now and then, and goes on by itself.
"""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pennydrop.db.trouble import is_away, is_full
from pennydrop.jobs.attempt import StaleAttempt
from pennydrop.media.failures import MediaFailure
from pennydrop.storage.port import StoreAway

# What a program that finds no room says of it differs, and some say that the film is damaged. With less than
# this left none of them is believed.
_NO_ROOM_BYTES = 4 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# A folder on another machine's disk, which is away.
_NOT_MOUNTED = (errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ETIMEDOUT)


@dataclass(frozen=True, slots=True)
class Need:
    """What a job can't do without, and what is said while it is away."""

    code: str
    waiting: str
    gave_up: str
    """What people read once the job has waited for longer than anybody should."""
    longest_wait_s: float
    """Between two tries: short where a try costs nothing."""


_TELL = "Please tell whoever looks after Pennydrop: it can be tried again behind the scenes."

DATABASE = Need(
    "database_away",
    "The database didn't answer. This goes on by itself as soon as it does.",
    f"The database was away for too long. {_TELL}",
    60,
)
STORE = Need(
    "store_away",
    "The place where films are kept didn't answer. This goes on by itself as soon as it does.",
    f"The place where films are kept was away for too long. {_TELL}",
    60,
)
# A long transcode finds out late that there isn't enough.
ROOM = Need(
    "no_room",
    "There is no room on the disk for this. It goes on by itself once there is.",
    f"There was no room on the disk for too long. {_TELL}",
    600,
)


_seen_full_at = float("-inf")


def note_no_room() -> None:
    """Remember that there was no room just now: what goes wrong meanwhile may well come from that."""
    global _seen_full_at
    _seen_full_at = time.monotonic()


class Absent(Exception):
    """What an attempt needed is away."""

    def __init__(self, need: Need) -> None:
        super().__init__(need.waiting)
        self.need = need


@contextmanager
def explained(scratch: Path) -> Iterator[None]:
    """Raise `Absent` in place of an error of the block that comes from something being away."""
    began = time.monotonic()
    try:
        yield
    except (Absent, StaleAttempt):
        raise
    except Exception as error:
        need = what_is_missing(error, scratch)
        if need is ROOM:
            note_no_room()
        elif need is None and _seen_full_at > began:
            # There may be room again: a file that was cut short by a full disk stays short.
            need = ROOM
        if need is None:
            raise
        raise Absent(need) from error


def what_is_missing(error: Exception, scratch: Path) -> Need | None:
    """Return what was away when `error` was raised, None where nothing was; `scratch` is where one works."""
    if is_full(error) or _is_no_room(error):
        return ROOM
    if is_away(error):
        return DATABASE
    if isinstance(error, StoreAway) or (isinstance(error, OSError) and error.errno in _NOT_MOUNTED):
        return STORE
    return ROOM if _has_no_room(scratch) else None


def _is_no_room(error: Exception) -> bool:
    if isinstance(error, MediaFailure):
        return error.code == "out_of_room"
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def _has_no_room(scratch: Path) -> bool:
    try:
        return shutil.disk_usage(scratch).free < _NO_ROOM_BYTES
    except OSError:
        return False
