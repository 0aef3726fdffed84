"""From a cookie or a bearer token to the person behind it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import bindparam, select
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
        row = session.execute(_BY_TOKEN, {"secret": fingerprint(bearer)}).first()
    elif cookie:
        row = session.execute(_BY_COOKIE, {"secret": fingerprint(cookie), "now": utcnow()}).first()
    else:
        raise NotSignedIn
    if row is None:
        raise NotSignedIn("You are logged out. Please log in again; nothing is lost.")
    return _viewer(*row)


# The rules that were written down for somebody are of use when she asks again, a few seconds later: they take
# 80 KB for each person. What she may see is asked anew each time.
@lru_cache(256)
def _viewer(person_id: str, school_id: str, organisation_id: str, is_admin: bool) -> Viewer:
    return Viewer(person_id, school_id, organisation_id, is_admin)


# What a viewer consists of and nothing more: every request asks this first.
_VIEWERS = (
    select(Person.id, Person.school_id, School.organisation_id, Person.is_admin)
    .join(School, School.id == Person.school_id)
    .where(Person.disabled_at.is_(None))
)


_BY_COOKIE = _VIEWERS.join(LoginSession, LoginSession.person_id == Person.id).where(
    LoginSession.secret_hash == bindparam("secret"), LoginSession.expires_at > bindparam("now")
)
_BY_TOKEN = _VIEWERS.join(PersonalToken, PersonalToken.person_id == Person.id).where(
    PersonalToken.secret_hash == bindparam("secret"), PersonalToken.revoked_at.is_(None)
)


def still_valid(session: Session, secret_hashes: Collection[str]) -> set[str]:
    """Return those of these fingerprints, of cookies or of tokens, that still let somebody in."""
    hashes = list(secret_hashes)
    sessions = select(LoginSession.secret_hash).where(
        LoginSession.secret_hash.in_(hashes), LoginSession.expires_at > utcnow()
    )
    tokens = select(PersonalToken.secret_hash).where(
        PersonalToken.secret_hash.in_(hashes), PersonalToken.revoked_at.is_(None)
    )
    return {
        found
        for query, kind in ((sessions, LoginSession), (tokens, PersonalToken))
        for found in session.scalars(
            query.join(Person, Person.id == kind.person_id).where(Person.disabled_at.is_(None))
        )
    }
