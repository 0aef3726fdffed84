"""Logging in: throttled, with the slow hash outside any transaction that writes."""

from __future__ import annotations

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.people.passwords import WrongPassword, person_by_password
from pennydrop.people.sessions import start_session
from pennydrop.people.throttle import check_may_try, forget_failures, note_failure


def log_in(
    readers: SessionMaker, writers: SessionMaker, *, email: str, password: str, address: str, days: int
) -> tuple[str, Viewer]:
    """Return the new session's secret and who it is.

    Takes its own transactions: the hash takes tens of milliseconds in which others must be able to write, and
    a failure is kept though it is answered with an error. Raises `WrongPassword`, `TooManyLogins`.
    """
    try:
        with transaction(readers) as session:
            check_may_try(session, email=email, address=address)
            person = person_by_password(session, email=email, password=password)
            viewer = Viewer.of(person)
    except WrongPassword:
        with transaction(writers) as session:
            note_failure(session, email=email, address=address)
        raise
    with transaction(writers) as session:
        forget_failures(session, email=email, address=address)
        return start_session(session, person_id=viewer.person_id, days=days), viewer
