"""Adding people at the terminal: by names and e-mail addresses, as whoever types knows no ids."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.audit.record import record as record_audit
from pennydrop.errors import Conflict, Invalid, NotFound
from pennydrop.people.add import add_organisation, add_person, add_school, make_lead
from pennydrop.people.edit import let_administer
from pennydrop.people.invite import invite
from pennydrop.people.models import Organisation, Person, School
from pennydrop.people.pair import pair
from pennydrop.people.passwords import check_strength
from pennydrop.settings import Settings


class PersonUnknown(NotFound):
    def __init__(self, email: str) -> None:
        super().__init__(f"Nobody here has the e-mail address {email}.")


class AccountClosed(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"The account of {name} is switched off, so no link opens it. "
            "An administrator can switch it on again in School; to make somebody one type: "
            "pennydrop person change --admin"
        )


class SchoolUnknown(NotFound):
    def __init__(self, name: str, organisation: str) -> None:
        super().__init__(f"There is no school {name} in {organisation}.")


class WhichOrganisation(Invalid):
    def __init__(self, names: Sequence[str]) -> None:
        known = "; ".join(names)
        super().__init__(f"Please say with --organisation which one the school belongs to: {known}.")


def person_by_email(session: Session, email: str) -> Person:
    """Return who has this address. Raises `PersonUnknown`."""
    found = session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if found is None:
        raise PersonUnknown(email)
    return found


def school_by_name(session: Session, name: str, organisation: str) -> tuple[School, bool]:
    """Return the school of this name and whether it is new: then it is added. Raises `WhichOrganisation`.

    Without an organisation's name there must be only one; the first is called as its school.
    """
    query = select(School).join(School.organisation).where(School.name == name)
    if organisation:
        query = query.where(Organisation.name == organisation)
    found = session.scalars(query).all()
    if len(found) == 1:
        return found[0], False
    if len(found) > 1:
        raise WhichOrganisation([school.organisation.name for school in found])
    return add_school(session, organisation=_organisation(session, organisation, name), name=name), True


def _organisation(session: Session, name: str, school: str) -> Organisation:
    there = session.scalars(select(Organisation).order_by(Organisation.name)).all()
    if not name and len(there) > 1:
        raise WhichOrganisation([organisation.name for organisation in there])
    if not name and there:
        return there[0]
    named = [organisation for organisation in there if organisation.name == name]
    return named[0] if named else add_organisation(session, name=name or school)


def change(session: Session, person: Person, *, lead_of: Sequence[str], admin: bool) -> None:
    """Let somebody lead coaching in these schools, and administer her organisation.

    She reads in her record that it was done. Raises `SchoolUnknown`.
    """
    organisation = person.school.organisation
    for name in lead_of:
        school = session.scalar(
            select(School).where(School.name == name, School.organisation_id == organisation.id)
        )
        if school is None:
            raise SchoolUnknown(name, organisation.name)
        make_lead(session, person, school)
    if admin:
        let_administer(session, person, admin=True)
    session.flush()
    record_audit(session, None, "person.changed", owner_id=person.id, subject_id=person.id)


def pair_with(
    session: Session, person: Person, *, coach_of: Sequence[str], coached_by: Sequence[str]
) -> None:
    """Pair somebody with those she coaches and those who coach her, by address. Raises `PersonUnknown`."""
    for email in coach_of:
        pair(session, person, person_by_email(session, email))
    for email in coached_by:
        pair(session, person_by_email(session, email), person)


def add(
    session: Session,
    *,
    school: School,
    name: str,
    email: str,
    lead: bool,
    admin: bool,
    password: str | None,
    settings: Settings,
) -> tuple[Person, str]:
    """Add somebody and return her with the link by which she sets her password (empty if she has one).

    Raises `PasswordTooWeak` and what `add_person` raises.
    """
    if password is not None:
        check_strength(password, email=email)
    person = add_person(
        session, school=school, email=email, name=name, password=password, admin=admin, lead=lead
    )
    return person, "" if password is not None else link_for(session, person, settings)


def invite_again(session: Session, *, email: str, settings: Settings) -> tuple[Person, str]:
    """Return somebody with a new link to set her password; her earlier ones end.

    She reads in her record that it was made. Raises `PersonUnknown`, `AccountClosed`.
    """
    person = person_by_email(session, email)
    if person.disabled_at is not None:
        raise AccountClosed(person.name)
    record_audit(session, None, "person.invited", owner_id=person.id, subject_id=person.id)
    return person, link_for(session, person, settings)


def link_for(session: Session, person: Person, settings: Settings) -> str:
    """Return a new link by which somebody sets her password; her earlier ones end."""
    _, secret = invite(session, person)
    base = settings.public_url or f"http://localhost:{settings.port}"
    return f"{base.rstrip('/')}/welcome/{secret}"
