"""The database that the factories of the running test write to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.orm import Session

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.people.models import Person

Row = TypeVar("Row")
_current: list[SessionMaker] = []


@contextmanager
def writing_to(sessions: SessionMaker) -> Iterator[None]:
    """Let factories write here while the block runs."""
    _current.append(sessions)
    try:
        yield
    finally:
        _current.pop()


@contextmanager
def session() -> Iterator[Session]:
    """One transaction on the test's own database; people that it leaves behind know their schools."""
    if not _current:
        raise RuntimeError("this test makes people or films: let it use the `database` or `client` fixture")
    with transaction(_current[-1]) as open_session:
        yield open_session
        open_session.flush()
        for person in [one for one in open_session if isinstance(one, Person)]:
            assert person.school is not None  # asked for, so that she has it once she is detached


def saved(row: Row) -> Row:
    """Commit a row and return it, loaded and detached."""
    with session() as open_session:
        open_session.add(row)
        open_session.flush()
        open_session.refresh(row)
    return row
