"""Changing accounts: one's own password, and what administrators look after."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.may_people import may_administer_person, may_make_lead
from pennydrop.access.viewer import Viewer
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import lift, note_erased
from pennydrop.care.models import Erased
from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import Conflict, Invalid
from pennydrop.people.invite import end_invitations
from pennydrop.people.models import Lead, Person, School
from pennydrop.people.names import tidy_name
from pennydrop.people.passwords import check_strength, hash_password, matches
from pennydrop.people.sessions import end_all_sessions
from pennydrop.people.throttle import check_may_try, note_failure
from pennydrop.people.tokens import revoke_all_tokens


class PresentPasswordWrong(Invalid):
    def __init__(self) -> None:
        super().__init__("Your present password isn't right. Please try again.")


class LastAdministrator(Conflict):
    def __init__(self) -> None:
        super().__init__("Your organisation needs an administrator. Please make somebody else one first.")


def change_password(
    readers: SessionMaker,
    writers: SessionMaker,
    viewer: Viewer,
    *,
    present: str,
    new: str,
    address: str,
    keep_session: str | None,
) -> None:
    """Set one's own password and log out everywhere, except in the browser whose session is `keep_session`.

    Links by which it could be set anew end: somebody else may have them. Takes its own transactions, as
    `log_in` does. Raises `PresentPasswordWrong`, `PasswordTooWeak`, `TooManyLogins`.
    """
    with transaction(readers) as session:
        person = session.get_one(Person, viewer.person_id)
        check_may_try(session, email=person.email, address=address)
    if person.password_hash is None or not matches(present, person.password_hash):
        with transaction(writers) as session:
            note_failure(session, email=person.email, address=address)
        raise PresentPasswordWrong
    check_strength(new, email=person.email)
    hashed = hash_password(new)
    with transaction(writers) as session:
        session.get_one(Person, viewer.person_id).password_hash = hashed
        end_invitations(session, viewer.person_id)
        end_all_sessions(session, person_id=viewer.person_id, but=keep_session)
        record_audit(session, viewer, "person.password_changed", owner_id=person.id, subject_id=person.id)


def edit_person(
    session: Session,
    viewer: Viewer,
    *,
    person_id: str,
    name: str | None = None,
    disabled: bool | None = None,
    admin: bool | None = None,
    leads: list[str] | None = None,
) -> Person:
    """Change what is given of somebody's account; `leads` are the ids of all schools she leads from now on.

    Somebody who is disabled is logged out at once. Raises `LastAdministrator`, and `NotAllowed` where she
    would make herself a lead.
    """
    person = may_administer_person(session, viewer, person_id)
    if name is not None:
        person.name = tidy_name(name)
    if admin is False or disabled is True:
        _keep_an_administrator(session, viewer, person)
    if admin is not None:
        let_administer(session, person, admin=admin)
    if disabled is not None:
        _switch(session, person, disabled=disabled)
    if leads is not None:
        _lead(session, viewer, person, leads)
    session.flush()
    record_audit(session, viewer, "person.changed", owner_id=person.id, subject_id=person.id)
    return person


def let_administer(session: Session, person: Person, *, admin: bool) -> None:
    """Let somebody administer her organisation, or no longer."""
    if admin:
        lift(session, Erased.ADMIN, person.id)
    elif person.is_admin:
        note_erased(session, Erased.ADMIN, person.id)
    person.is_admin = admin


def _switch(session: Session, person: Person, *, disabled: bool) -> None:
    if not disabled:
        person.disabled_at = None
        lift(session, Erased.ACCOUNT, person.id)
        return
    if person.disabled_at is None:
        person.disabled_at = utcnow()
        note_erased(session, Erased.ACCOUNT, person.id)
    end_all_sessions(session, person_id=person.id)
    revoke_all_tokens(session, person_id=person.id)


def _lead(session: Session, viewer: Viewer, person: Person, school_ids: list[str]) -> None:
    wanted = set(school_ids)
    known = set(
        session.scalars(
            select(School.id).where(School.id.in_(wanted), School.organisation_id == viewer.organisation_id)
        )
    )
    if wanted - known:
        raise Invalid("One of those schools isn't in your organisation.")
    led = {one.school_id: one for one in session.scalars(select(Lead).where(Lead.person_id == person.id))}
    new = sorted(wanted - led.keys())
    if new:
        may_make_lead(viewer, person)
    for school_id in led.keys() - wanted:
        session.delete(led[school_id])
        note_erased(session, Erased.LEAD, led[school_id].id)
    session.add_all(Lead(school_id=school_id, person_id=person.id) for school_id in new)


def _keep_an_administrator(session: Session, viewer: Viewer, person: Person) -> None:
    others = session.scalar(
        select(func.count())
        .select_from(Person)
        .join(School, School.id == Person.school_id)
        .where(
            School.organisation_id == viewer.organisation_id,
            Person.is_admin.is_(True),
            Person.disabled_at.is_(None),
            Person.id != person.id,
        )
    )
    if person.is_admin and not others:
        raise LastAdministrator
