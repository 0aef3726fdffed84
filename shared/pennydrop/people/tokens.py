"""Personal tokens, for scripts: shown once, kept as a fingerprint, ended by their person at any time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clock import utcnow
from pennydrop.errors import Conflict, NotFound
from pennydrop.people.models import Person, PersonalToken
from pennydrop.people.secrets import fingerprint, new_secret

# A token's last use is kept to the hour: enough to see which one is forgotten.
_NOTE_EVERY = timedelta(hours=1)
# Nobody has a use for more; a script that makes one at each run would never stop.
MOST = 50


class TooManyTokens(Conflict):
    def __init__(self) -> None:
        super().__init__(f"You have {MOST} tokens already. Please remove one you don't use any more.")


def create_token(session: Session, person: Person, name: str = "") -> str:
    """Make a token for `person` and return it: the only time it can be seen. Raises `TooManyTokens`."""
    return _make(session, person.id, name)[1]


def make_my_token(session: Session, viewer: Viewer, *, name: str) -> tuple[PersonalToken, str]:
    """Make a token for oneself; returns it with its secret. Raises `TooManyTokens`."""
    return _make(session, viewer.person_id, name)


def my_tokens(session: Session, viewer: Viewer) -> Sequence[PersonalToken]:
    """Return the viewer's tokens that still work, oldest first."""
    return _alive(session, viewer.person_id)


def revoke_token(session: Session, viewer: Viewer, *, token_id: str) -> None:
    """End one of the viewer's own tokens. Raises `NotFound`."""
    token = session.get(PersonalToken, token_id)
    if token is None or token.person_id != viewer.person_id or token.revoked_at is not None:
        raise NotFound
    token.revoked_at = utcnow()
    session.flush()


def revoke_all_tokens(session: Session, *, person_id: str) -> None:
    session.execute(
        update(PersonalToken)
        .where(PersonalToken.person_id == person_id, PersonalToken.revoked_at.is_(None))
        .values(revoked_at=utcnow())
    )


def note_use(session: Session, secret: str) -> None:
    """Remember that a token was used, unless that stands already for this hour."""
    now = utcnow()
    stale = or_(PersonalToken.last_used_at.is_(None), PersonalToken.last_used_at < now - _NOTE_EVERY)
    session.execute(
        update(PersonalToken)
        .where(PersonalToken.secret_hash == fingerprint(secret), stale)
        .values(last_used_at=now)
    )


def _make(session: Session, person_id: str, name: str) -> tuple[PersonalToken, str]:
    if len(_alive(session, person_id)) >= MOST:
        raise TooManyTokens
    secret = new_secret("pennydrop_")
    token = PersonalToken(person_id=person_id, name=name.strip()[:200], secret_hash=fingerprint(secret))
    session.add(token)
    session.flush()
    return token, secret


def _alive(session: Session, person_id: str) -> Sequence[PersonalToken]:
    return session.scalars(
        select(PersonalToken)
        .where(PersonalToken.person_id == person_id, PersonalToken.revoked_at.is_(None))
        .order_by(PersonalToken.id)
    ).all()
