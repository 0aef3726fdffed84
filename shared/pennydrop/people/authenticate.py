"""From a cookie or a bearer token to the person behind it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clock import utcnow
from pennydrop.errors import NotSignedIn
from pennydrop.people.models import LoginSession, Person, PersonalToken
from pennydrop.people.secrets import fingerprint


def viewer_from(session: Session, *, cookie: str | None, bearer: str | None) -> Viewer:
    """Return who this is; a bearer token counts before a cookie. Only reads.

    Raises `NotSignedIn` when neither is there, or it has ended, or the account is disabled.
    """
    if bearer is not None:
        person = _by_token(session, bearer)
    elif cookie:
        person = _by_cookie(session, cookie)
    else:
        raise NotSignedIn
    if person is None:
        raise NotSignedIn("You are logged out. Please log in again; nothing is lost.")
    return Viewer.of(person)


def _by_cookie(session: Session, secret: str) -> Person | None:
    return session.scalar(
        select(Person)
        .join(LoginSession, LoginSession.person_id == Person.id)
        .where(
            LoginSession.secret_hash == fingerprint(secret),
            LoginSession.expires_at > utcnow(),
            Person.disabled_at.is_(None),
        )
    )


def _by_token(session: Session, secret: str) -> Person | None:
    return session.scalar(
        select(Person)
        .join(PersonalToken, PersonalToken.person_id == Person.id)
        .where(
            PersonalToken.secret_hash == fingerprint(secret),
            PersonalToken.revoked_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
