"""A disk that is full, named: there are two of them, the installation's and the backups'."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from pennydrop.db.trouble import is_full
from pennydrop.errors import NoRoom

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class NoRoomToRestore(NoRoom):
    def __init__(self, place: str) -> None:
        super().__init__(
            f"There is no room left in {place}. Nothing was restored; "
            f"type it again with --replace once there is."
        )


class TooLittleRoom(NoRoom):
    def __init__(self, place: str, needed: int, free: int) -> None:
        super().__init__(
            f"The backup needs {needed / 1e9:,.1f} GB more, and there are {free / 1e9:,.1f} GB left in "
            f"{place}. Nothing was restored."
        )


class NoRoomForBackups(NoRoom):
    def __init__(self, place: str) -> None:
        super().__init__(
            f"There is no room left on {place}. No backup was made; earlier ones are whole. Make room there, "
            f"for example by --keep with a smaller number."
        )


@contextmanager
def said_as(full: NoRoom, full_database: NoRoom | None = None) -> Iterator[None]:
    """Raise `full` where the block finds a disk full, and `full_database` where it is the database's."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise full from error
    except DBAPIError as error:
        if not is_full(error):
            raise
        raise full_database or full from error
