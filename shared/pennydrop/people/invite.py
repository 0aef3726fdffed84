"""Invitations: a link, shown once, by which somebody sets her name and password and is in."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.may_people import may_administer_person
from pennydrop.access.viewer import Viewer
from pennydrop.audit.record import record as record_audit
from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import Gone, NotFound
from pennydrop.people.models import Invitation, Person, School
from pennydrop.people.names import tidy_name
from pennydrop.people.passwords import check_strength, hash_password
from pennydrop.people.secrets import fingerprint, new_secret
from pennydrop.people.sessions import end_all_sessions, start_session
from pennydrop.people.tokens import revoke_all_tokens

# Long enough for a holiday between the invitation and the first day.
LIVES = timedelta(days=14)


class InvitationUnknown(NotFound):
    def __init__(self) -> None:
        super().__init__("This link isn't complete. Please copy the whole link from your invitation.")


class InvitationEnded(Gone):
    def __init__(self) -> None:
        super().__init__(
            "This link has been used or is too old. If you have set a password, log in with it; "
            "otherwise ask your Pennydrop administrator for a new link."
        )


def invite(session: Session, person: Person) -> tuple[Invitation, str]:
    """Make a link's secret for a person; her earlier links end. Returns the invitation and the secret."""
    end_invitations(session, person.id)
    secret = new_secret()
    invitation = Invitation(person=person, secret_hash=fingerprint(secret), expires_at=utcnow() + LIVES)
    session.add(invitation)
    session.flush()
    return invitation, secret


def renew_invitation(session: Session, viewer: Viewer, *, person_id: str) -> tuple[Invitation, str]:
    """Make a new link for somebody new or who forgot her password. She can read that it was done."""
    person = may_administer_person(session, viewer, person_id)
    record_audit(session, viewer, "person.invited", owner_id=person.id, subject_id=person.id)
    return invite(session, person)


def open_invitation(session: Session, secret: str) -> Invitation:
    """Return the invitation behind a link. Raises `InvitationUnknown`, `InvitationEnded`."""
    invitation = session.scalar(
        select(Invitation)
        .where(Invitation.secret_hash == fingerprint(secret))
        .options(joinedload(Invitation.person, Person.school, School.organisation))
    )
    if invitation is None:
        raise InvitationUnknown
    over = invitation.used_at is not None or invitation.expires_at <= utcnow()
    if over or invitation.person.disabled_at is not None:
        raise InvitationEnded
    return invitation


def accept_invitation(
    readers: SessionMaker, writers: SessionMaker, *, secret: str, name: str | None, password: str, days: int
) -> tuple[str, Viewer]:
    """Set the password, and the name if one is given, and log her in.

    Returns a new session's secret and who it is. Whoever was logged in to this account is logged out and its
    tokens end: a link is also how somebody gets her account back. Takes its own transactions, as `log_in`
    does. Raises `InvitationUnknown`, `InvitationEnded`, `PasswordTooWeak`.
    """
    with transaction(readers) as session:
        check_strength(password, email=open_invitation(session, secret).person.email)
    hashed = hash_password(password)
    with transaction(writers) as session:
        person = open_invitation(session, secret).person
        person.password_hash = hashed
        if name is not None:
            person.name = tidy_name(name)
        end_invitations(session, person.id)
        end_all_sessions(session, person_id=person.id)
        revoke_all_tokens(session, person_id=person.id)
        viewer = Viewer.of(person)
        record_audit(session, viewer, "person.password_set", owner_id=person.id, subject_id=person.id)
        return start_session(session, person_id=person.id, days=days), viewer


def end_invitations(session: Session, person_id: str) -> None:
    """End the links of somebody that are still open."""
    session.execute(
        update(Invitation)
        .where(Invitation.person_id == person_id, Invitation.used_at.is_(None))
        .values(used_at=utcnow())
    )
