"""New organisations, schools and people."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.errors import Conflict, Invalid
from pennydrop.people.models import Lead, Organisation, Person, School
from pennydrop.people.passwords import hash_password

# Only what is surely wrong: whether a mailbox exists can't be read off its address.
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")


class EmailTaken(Conflict):
    def __init__(self, email: str) -> None:
        super().__init__(f"Somebody with the e-mail address {email} is here already.")


class EmailInvalid(Invalid):
    def __init__(self, email: str) -> None:
        super().__init__(f"“{email}” doesn't look like an e-mail address. Please check it.")


class NameMissing(Invalid):
    def __init__(self) -> None:
        super().__init__("Please give a name.")


def add_organisation(session: Session, *, name: str) -> Organisation:
    organisation = Organisation(name=_named(name))
    session.add(organisation)
    session.flush()
    return organisation


def add_school(session: Session, *, organisation: Organisation, name: str) -> School:
    school = School(organisation=organisation, name=_named(name))
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

    Raises `EmailInvalid`, `EmailTaken`, `NameMissing`.
    """
    person = Person(school=school, email=free_email(session, email), name=_named(name), is_admin=admin)
    person.password_hash = hash_password(password) if password is not None else None
    session.add(person)
    session.flush()
    if lead:
        session.add(Lead(school_id=school.id, person_id=person.id))
        session.flush()
    return person


def free_email(session: Session, email: str) -> str:
    """Return the address as it is kept, in lower case. Raises `EmailInvalid`, `EmailTaken`."""
    kept = email.strip().lower()
    if not _ADDRESS.fullmatch(kept):
        raise EmailInvalid(email.strip()[:320])
    if session.scalar(select(Person.id).where(Person.email == kept)) is not None:
        raise EmailTaken(kept)
    return kept


def _named(name: str) -> str:
    kept = " ".join(name.split())[:200]
    if not kept:
        raise NameMissing
    return kept
