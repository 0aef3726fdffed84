"""What a database's errors mean for people and for jobs: it is away, or there is no room."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from pennydrop.errors import Conflict, NoRoom, Unavailable

# SQLite says both of these of one full disk, PostgreSQL the third.
_FULL = ("is full", "No space left", "could not extend file")
# What else SQLite calls operational is a fault of ours.
_SQLITE_AWAY = ("locked", "unable to open", "disk I/O error", "readonly")


# Of a file of SQLite that lost some of its bytes.
_DAMAGED = ("is not a database", "malformed")


class DatabaseDamaged(Conflict):
    """For whoever looks after Pennydrop: people who use it hear that it doesn't answer."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"The database {file} is damaged and can't be read. Nothing was changed. "
            f"Restore a backup: pennydrop restore DIR --replace"
        )


class DatabaseFull(NoRoom):
    retry_after_s = 60

    def __init__(self) -> None:
        super().__init__(
            "The disk of the school's server is full, so this wasn't saved. What is there is safe. "
            "Please tell whoever looks after Pennydrop."
        )


class DatabaseSilent(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "The database doesn't answer just now. Nothing you saved is lost; please try again in a moment."
        )


def is_full(error: BaseException) -> bool:
    """Whether the database has no room to write."""
    return isinstance(error, DBAPIError) and any(words in str(error.orig) for words in _FULL)


def is_damaged(error: BaseException) -> bool:
    """Whether SQLite can't read its file."""
    return (
        isinstance(error, DBAPIError)
        and isinstance(error.orig, sqlite3.DatabaseError)
        and any(words in str(error.orig) for words in _DAMAGED)
    )


def is_away(error: BaseException) -> bool:
    """Whether the database can't be reached, broke off, or had no time for us: trying again helps."""
    if isinstance(error, NoConnectionFree):
        return True
    if not isinstance(error, DBAPIError) or is_full(error):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return any(words in str(error.orig) for words in _SQLITE_AWAY)
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)


def said(error: BaseException) -> str:
    """Return what a driver said, in a line for the log: not the statement, and no trace."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0]


@contextmanager
def passed_over() -> Iterator[None]:
    """Let a block of the database's go undone while that is away or full: for what only shows progress."""
    try:
        yield
    except SQLAlchemyError as error:
        if not (is_away(error) or is_full(error)):
            raise


def in_words(error: BaseException) -> DatabaseFull | DatabaseSilent | None:
    """Return what to tell people of an error of the database's, None where it isn't about the server."""
    if is_full(error):
        return DatabaseFull()
    return DatabaseSilent() if is_away(error) else None
