"""Making the demo school's accounts, once."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.demo.cast import PAIRED_DAYS_AGO, PAIRINGS, PEOPLE, TRUST
from pennydrop.demo.days import school_day
from pennydrop.people.add import add_organisation, add_person, add_school
from pennydrop.people.models import Person
from pennydrop.people.pair import pair
from pennydrop.people.passwords import hash_password

Accounts = dict[str, Person]
"""The people of the demo by their mailbox."""


def find_accounts(session: Session) -> Accounts:
    """Return the demo's people who are there already."""
    emails = {role.email: role.mailbox for role in PEOPLE}
    found = session.scalars(select(Person).where(Person.email.in_(emails)))
    return {emails[person.email]: person for person in found}


def make_accounts(session: Session, *, password: str) -> Accounts:
    """Return the demo's people, made where they are missing, all with this password."""
    there = find_accounts(session)
    if there:
        for person in there.values():
            person.password_hash = hash_password(password)
        return there
    trust = add_organisation(session, name=TRUST)
    schools = {
        name: add_school(session, organisation=trust, name=name)
        for name in dict.fromkeys(role.school for role in PEOPLE)
    }
    made = {
        role.mailbox: add_person(
            session,
            school=schools[role.school],
            email=role.email,
            name=role.name,
            password=password,
            admin=role.admin,
            lead=role.lead,
        )
        for role in PEOPLE
    }
    for coach, coachee in PAIRINGS:
        pairing = pair(session, made[coach], made[coachee])
        pairing.started_at = school_day(PAIRED_DAYS_AGO, 9, 0)
    return made
