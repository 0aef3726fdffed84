"""From a cookie or a bearer token to the person behind it."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clock import utcnow
from pennydrop.errors import NotSignedIn
from pennydrop.people.models import LoginSession, Person, PersonalToken, School
from pennydrop.people.secrets import fingerprint


def viewer_from(session: Session, *, cookie: str | None, bearer: str | None) -> Viewer:
    """Return who this is; a bearer token counts before a cookie. Only reads.

    Raises `NotSignedIn` when neither is there, or it has ended, or the account is disabled.
    """
    if bearer is not None:
        query = _by_token(bearer)
    elif cookie:
        query = _by_cookie(cookie)
    else:
        raise NotSignedIn
    row = session.execute(query).first()
    if row is None:
        raise NotSignedIn("You are logged out. Please log in again; nothing is lost.")
    return Viewer(*row)


# What a viewer consists of and nothing more: every request asks this first.
_VIEWERS = (
    select(Person.id, Person.school_id, School.organisation_id, Person.is_admin)
    .join(School, School.id == Person.school_id)
    .where(Person.disabled_at.is_(None))
)


def _by_cookie(secret: str) -> Select[str, str, str, bool]:
    return _VIEWERS.join(LoginSession, LoginSession.person_id == Person.id).where(
        LoginSession.secret_hash == fingerprint(secret), LoginSession.expires_at > utcnow()
    )


def _by_token(secret: str) -> Select[str, str, str, bool]:
    return _VIEWERS.join(PersonalToken, PersonalToken.person_id == Person.id).where(
        PersonalToken.secret_hash == fingerprint(secret), PersonalToken.revoked_at.is_(None)
    )
