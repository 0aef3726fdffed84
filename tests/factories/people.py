"""Schools and the people in them. Say only what matters to the test; the rest is made up."""

from __future__ import annotations

from itertools import count

from pennydrop.people.add import add_person
from pennydrop.people.models import Lead, Organisation, Pairing, Person, School
from pennydrop.people.pair import end, pair
from tests.factories import world

PASSWORD = "three blue pennies"
_number = count(1)
_FIRST_NAMES = ("Aisha", "Sam", "Priya", "Tom", "Grace", "Leo", "Mina", "Ravi", "Joan", "Owen")


def an_organisation(name: str | None = None) -> Organisation:
    return world.saved(Organisation(name=name or f"Trust {next(_number)}"))


def a_school(
    name: str | None = None, *, organisation: Organisation | None = None, beside: School | None = None
) -> School:
    """A school, in an organisation of its own unless one is given, or another school of one."""
    organisation_id = beside.organisation_id if beside else (organisation or an_organisation()).id
    return world.saved(School(name=name or f"School {next(_number)}", organisation_id=organisation_id))


def a_person(
    name: str | None = None,
    *,
    school: School | None = None,
    email: str | None = None,
    password: str | None = None,
    admin: bool = False,
    lead: bool = False,
) -> Person:
    """A person, in a school of her own unless one is given. Without `password` she can't log in by one."""
    school = school or a_school()
    number = next(_number)
    name = name or f"{_FIRST_NAMES[number % len(_FIRST_NAMES)]} {number}"
    with world.session() as session:
        person = add_person(
            session,
            school=session.get_one(School, school.id),
            email=email or f"person{number}@example.test",
            name=name,
            password=password,
            admin=admin,
            lead=lead,
        )
        session.refresh(person, ["school"])
    return person


def an_admin(*, school: School | None = None) -> Person:
    return a_person(school=school, admin=True)


def a_lead(*, school: School | None = None, of: School | None = None) -> Person:
    """A lead of her own school, or of another one."""
    if of is None:
        return a_person(school=school, lead=True)
    person = a_person(school=school or of)
    world.saved(Lead(school_id=of.id, person_id=person.id))
    return person


def a_pairing(coach: Person, coachee: Person, *, ended: bool = False) -> Pairing:
    with world.session() as session:
        pairing = pair(session, session.get_one(Person, coach.id), session.get_one(Person, coachee.id))
        if ended:
            end(session, None, pairing)
    return pairing


def a_coach(
    *, of: Person | None = None, school: School | None = None, name: str | None = None, ended: bool = False
) -> Person:
    """Somebody who coaches `of`: by default somebody new in the same school."""
    of = of or a_person(school=school)
    coach = a_person(name, school=school or of.school)
    a_pairing(coach, of, ended=ended)
    return coach
