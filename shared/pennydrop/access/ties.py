"""The ties between people that rights come from, as SQL and as plain questions. They hold while they last.

Nothing reaches across the wall between organisations, whatever other rows say.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    bindparam,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.people.models import Lead, Pairing, Person, School

# Made once: making an alias takes longer than all else that a rule costs, and rules stand in every query.
_SOMEBODY, _HER_SCHOOL = aliased(Person), aliased(School)


def members(viewer: Viewer) -> Select[str]:
    """The ids of everybody in the viewer's organisation."""
    return (
        select(Person.id)
        .join(School, School.id == Person.school_id)
        .where(School.organisation_id == viewer.organisation_id)
    )


def is_inside(viewer: Viewer, person_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether the person a row names belongs to the viewer's organisation.

    Asked row by row, which is quicker than `members` wherever few rows are left to ask about.
    """
    return (
        select(_SOMEBODY.id)
        .join(_HER_SCHOOL, _HER_SCHOOL.id == _SOMEBODY.school_id)
        .where(_SOMEBODY.id == person_id, _HER_SCHOOL.organisation_id == viewer.organisation_id)
        .exists()
    )


def coachees(viewer: Viewer) -> Select[str]:
    """The ids of those the viewer coaches now."""
    return select(Pairing.coachee_id).where(
        Pairing.coach_id == viewer.person_id,
        Pairing.ended_at.is_(None),
        is_inside(viewer, Pairing.coachee_id),
    )


def those_worked_with(viewer: Viewer) -> CompoundSelect[str]:
    """The ids of the viewer and of those she coaches now, as one list: databases find its rows by an index.

    “Mine, or one of my coachees'” would have them read every row there is.
    """
    return union_all(select(type_coerce(viewer.person_id, String())), coachees(viewer))


def coaches(viewer: Viewer) -> Select[str]:
    """The ids of those who coach the viewer now."""
    return select(Pairing.coach_id).where(
        Pairing.coachee_id == viewer.person_id,
        Pairing.ended_at.is_(None),
        is_inside(viewer, Pairing.coach_id),
    )


def schools_led(viewer: Viewer) -> Select[str]:
    """The ids of the schools in which the viewer leads coaching."""
    return (
        select(Lead.school_id)
        .join(School, School.id == Lead.school_id)
        .where(Lead.person_id == viewer.person_id, School.organisation_id == viewer.organisation_id)
    )


def people_led(viewer: Viewer) -> Select[str]:
    """The ids of everybody in the schools the viewer leads."""
    return select(Person.id).where(Person.school_id.in_(schools_led(viewer)))


def coached_of(session: Session, viewer: Viewer, person_ids: Iterable[str]) -> set[str]:
    """Return those of these people whom the viewer coaches now; nobody coaches herself."""
    others = {person_id for person_id in person_ids if person_id != viewer.person_id}
    return set(_COACHED_OF(session, viewer, ids=list(others)).scalars()) if others else set()


def coaches_person(session: Session, viewer: Viewer, person_id: str) -> bool:
    """Whether the viewer coaches this person now."""
    return _holds(session, coachees(viewer).where(Pairing.coachee_id == person_id).exists())


def leads_school(session: Session, viewer: Viewer, school_id: str) -> bool:
    """Whether the viewer leads coaching in this school."""
    return _holds(session, schools_led(viewer).where(Lead.school_id == school_id).exists())


def leads_any_school(session: Session, viewer: Viewer) -> bool:
    return _holds(session, schools_led(viewer).exists())


def is_member(session: Session, viewer: Viewer, person_id: str) -> bool:
    """Whether this person belongs to the viewer's organisation."""
    return _holds(session, members(viewer).where(Person.id == person_id).exists())


def _holds(session: Session, question: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(question)))


_COACHED_OF = prepared(
    lambda viewer: coachees(viewer).where(Pairing.coachee_id.in_(bindparam("ids", expanding=True)))
)
