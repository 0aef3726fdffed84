"""New organisations, schools and people."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_people import may_administer, may_administer_school
from pennydrop.access.viewer import Viewer
from pennydrop.people.invite import invite
from pennydrop.people.models import Invitation, Lead, Organisation, Person, School
from pennydrop.people.names import free_email, tidy_name
from pennydrop.people.passwords import hash_password


def add_organisation(session: Session, *, name: str) -> Organisation:
    organisation = Organisation(name=tidy_name(name))
    session.add(organisation)
    session.flush()
    return organisation


def add_school(session: Session, *, organisation: Organisation, name: str) -> School:
    school = School(organisation=organisation, name=tidy_name(name))
    session.add(school)
    session.flush()
    return school


def add_person(
    session: Session,
    *,
    school: School,
    email: str,
    name: str,
    password: str | None = None,
    admin: bool = False,
    lead: bool = False,
) -> Person:
    """Add somebody to a school; without a password she sets her own by invitation.

    Raises `EmailInvalid`, `EmailUnusable`, `NameMissing`.
    """
    person = Person(school=school, email=free_email(session, email), name=tidy_name(name), is_admin=admin)
    person.password_hash = hash_password(password) if password is not None else None
    session.add(person)
    session.flush()
    if lead:
        make_lead(session, person, school)
    return person


def make_lead(session: Session, person: Person, school: School) -> None:
    """Let somebody lead coaching in a school. Twice is the same as once."""
    leads = select(Lead.id).where(Lead.person_id == person.id, Lead.school_id == school.id)
    if session.scalar(leads) is None:
        session.add(Lead(school_id=school.id, person_id=person.id))
        session.flush()


def invite_person(
    session: Session,
    viewer: Viewer,
    *,
    email: str,
    name: str,
    school_id: str | None = None,
    admin: bool = False,
    lead: bool = False,
) -> tuple[Person, Invitation, str]:
    """Add somebody to a school of the administrator's (her own by default), with a link to send to her.

    Returns the person, the invitation and its secret, which can't be seen again.
    """
    may_administer(viewer)
    school = may_administer_school(session, viewer, school_id or viewer.school_id)
    person = add_person(session, school=school, email=email, name=name, admin=admin, lead=lead)
    return person, *invite(session, person)


def open_school(session: Session, viewer: Viewer, *, name: str) -> School:
    """Add a school to the administrator's organisation."""
    may_administer(viewer)
    return add_school(session, organisation=session.get_one(Organisation, viewer.organisation_id), name=name)
