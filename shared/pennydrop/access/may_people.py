"""What a viewer may do with accounts, schools and pairings."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.ties import leads_school
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.errors import NotAllowed
from pennydrop.people.models import Person, School


def may_administer(viewer: Viewer) -> None:
    """Look after accounts and schools: administrators."""
    if not viewer.is_admin:
        raise NotAllowed("Only an administrator of your organisation can do this.")


def may_administer_person(session: Session, viewer: Viewer, person_id: str) -> Person:
    """Return the person of the administrator's own organisation whose account she may change."""
    person = get_visible(session, viewer, Person, person_id)
    may_administer(viewer)
    return person


def may_administer_school(session: Session, viewer: Viewer, school_id: str) -> School:
    """Return the school of the administrator's own organisation."""
    school = get_visible(session, viewer, School, school_id)
    may_administer(viewer)
    return school


def may_make_lead(viewer: Viewer, person: Person) -> None:
    """Let somebody lead coaching in a further school: not oneself, for leads are shown films."""
    if person.id == viewer.person_id:
        raise NotAllowed(
            "Another administrator can make you a lead: nobody gives herself access to films. "
            "Where there is no other, whoever looks after the server can."
        )


def may_pair(session: Session, viewer: Viewer, *, coach_id: str, coachee_id: str) -> tuple[Person, Person]:
    """Return coach and coachee whom the viewer may bring together.

    Administrators may, and leads within the schools they lead. Nobody makes herself somebody's coach: a
    pairing opens films, so whoever gains access is never the one who gives it.
    """
    coach = get_visible(session, viewer, Person, coach_id)
    coachee = get_visible(session, viewer, Person, coachee_id)
    for person in (coach, coachee):
        if not viewer.is_admin and not leads_school(session, viewer, person.school_id):
            raise NotAllowed(f"Only those who lead coaching at {person.school.name} can pair {person.name}.")
    if coach.id == viewer.person_id:
        raise NotAllowed(
            "You can't make yourself somebody's coach, because that opens her films to you. "
            "Another lead or administrator can."
        )
    return coach, coachee
