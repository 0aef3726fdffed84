"""Log-ins: a random cookie in the browser, its fingerprint here, an end that is certain."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pennydrop.clock import utcnow
from pennydrop.people.models import LoginSession
from pennydrop.people.secrets import fingerprint, new_secret


def start_session(session: Session, *, person_id: str, days: int) -> str:
    """Log a person in for `days` and return the cookie's secret. Her ended sessions are cleared away."""
    now = utcnow()
    session.execute(
        delete(LoginSession).where(LoginSession.person_id == person_id, LoginSession.expires_at <= now)
    )
    secret = new_secret()
    session.add(
        LoginSession(
            person_id=person_id, secret_hash=fingerprint(secret), expires_at=now + timedelta(days=days)
        )
    )
    session.flush()
    return secret


def end_session(session: Session, secret: str) -> None:
    """Log this browser out. One that isn't logged in is fine."""
    session.execute(delete(LoginSession).where(LoginSession.secret_hash == fingerprint(secret)))


def end_all_sessions(session: Session, *, person_id: str, but: str | None = None) -> None:
    """Log a person out everywhere, except in the browser whose secret is `but`."""
    condition = LoginSession.person_id == person_id
    if but is not None:
        condition &= LoginSession.secret_hash != fingerprint(but)
    session.execute(delete(LoginSession).where(condition))
