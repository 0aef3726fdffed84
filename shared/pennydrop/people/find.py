"""Finding people, schools and pairings: those the viewer may know of."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.ids import ID_LENGTH
from pennydrop.paging import DEFAULT_LIMIT, CursorInvalid, Page, id_in
from pennydrop.people.models import Lead, Pairing, Person, School
from pennydrop.spelling import sortable


def list_people(
    session: Session,
    viewer: Viewer,
    *,
    q: str = "",
    school: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Person]:
    """Return the people the viewer may know of, by name; `q` is a part of the name."""
    query = select(Person).where(visible_to(viewer, Person)).options(joinedload(Person.school))
    query = query.where(*_named(q))
    if school is not None:
        query = query.where(Person.school_id == school)
    return _by_name(session, query, cursor, limit)


def get_person(session: Session, viewer: Viewer, person_id: str) -> Person:
    """Raises `NotFound` where the viewer may not know of her."""
    return get_visible(session, viewer, Person, person_id)


def schools_led_by(session: Session, people: Sequence[Person]) -> dict[str, list[School]]:
    """Return the schools each of these people leads."""
    led: dict[str, list[School]] = {person.id: [] for person in people}
    rows = session.execute(
        select(Lead.person_id, School)
        .join(School, School.id == Lead.school_id)
        .where(Lead.person_id.in_(led))
        .order_by(School.name)
    )
    for person_id, school in rows:
        led[person_id].append(school)
    return led


def list_schools(session: Session, viewer: Viewer) -> Sequence[School]:
    return session.scalars(
        select(School).where(visible_to(viewer, School)).order_by(School.name, School.id)
    ).all()


def list_pairings(
    session: Session,
    viewer: Viewer,
    *,
    ended: bool = False,
    person: str | None = None,
    q: str = "",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Pairing]:
    """Return the pairings the viewer may know of, newest first: those that last, or those that have ended.

    `q` is a part of the name of either of the two.
    """
    query = (
        select(Pairing)
        .where(visible_to(viewer, Pairing))
        .where(Pairing.ended_at.is_not(None) if ended else Pairing.ended_at.is_(None))
        .options(joinedload(Pairing.coach), joinedload(Pairing.coachee))
        .order_by(Pairing.id.desc())
        .limit(limit + 1)
    )
    if person is not None:
        query = query.where(or_(Pairing.coach_id == person, Pairing.coachee_id == person))
    if q.strip():
        named = select(Person.id).where(*_named(q))
        query = query.where(or_(Pairing.coach_id.in_(named), Pairing.coachee_id.in_(named)))
    if cursor:
        query = query.where(Pairing.id < id_in(cursor))
    found = session.scalars(query).all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def _named(q: str) -> list[ColumnElement[bool]]:
    """Every word is part of a name, whatever accents and capitals it has there or here."""
    return [Person.sort_name.contains(word, autoescape=True) for word in sortable(q).split()]


def _by_name(session: Session, query: Select[Person], cursor: str | None, limit: int) -> Page[Person]:
    """Page in the order of names, which aren't unique: the cursor is the last name with its id."""
    if cursor:
        name, person_id = _opened(cursor)
        query = query.where(tuple_(Person.sort_name, Person.id) > tuple_(name, person_id))
    found = session.scalars(query.order_by(Person.sort_name, Person.id).limit(limit + 1)).all()
    more = len(found) > limit
    return Page(found[:limit], _closed(found[limit - 1]) if more else None)


def _closed(last: Person) -> str:
    return base64.urlsafe_b64encode(f"{last.id}{last.sort_name}".encode()).decode()


def _opened(cursor: str) -> tuple[str, str]:
    try:
        opened = base64.urlsafe_b64decode(cursor).decode()
    except ValueError:  # which base64's and UTF-8's own errors are
        raise CursorInvalid from None
    return opened[ID_LENGTH:], id_in(opened[:ID_LENGTH])
