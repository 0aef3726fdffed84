"""Who somebody is to others: what drives her navigation, and most of her rights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.viewer import Viewer
from pennydrop.people.models import Lead, Pairing, Person, School


@dataclass(frozen=True, slots=True)
class Relations:
    """A person and her living relationships."""

    person: Person
    leads: Sequence[School]
    coaches: Sequence[Pairing]
    coached_by: Sequence[Pairing]
    coaching: frozenset[str]
    """The ids of those whom she coaches and who coach others themselves."""


def relations_of(session: Session, viewer: Viewer) -> Relations:
    person = session.get_one(
        Person, viewer.person_id, options=[joinedload(Person.school, School.organisation)]
    )
    pairings = session.scalars(
        select(Pairing)
        .where(
            Pairing.ended_at.is_(None),
            (Pairing.coach_id == viewer.person_id) | (Pairing.coachee_id == viewer.person_id),
        )
        .options(joinedload(Pairing.coach), joinedload(Pairing.coachee))
        .order_by(Pairing.id)
    ).all()
    leads = session.scalars(
        select(School)
        .join(Lead, Lead.school_id == School.id)
        .where(Lead.person_id == viewer.person_id, School.organisation_id == viewer.organisation_id)
        .order_by(School.name)
    ).all()
    mine = [one for one in pairings if one.coach_id == viewer.person_id]
    coaching = select(Pairing.coach_id).where(
        Pairing.ended_at.is_(None), Pairing.coach_id.in_([one.coachee_id for one in mine])
    )
    return Relations(
        person=person,
        leads=leads,
        coaches=mine,
        coached_by=[one for one in pairings if one.coachee_id == viewer.person_id],
        coaching=frozenset(session.scalars(coaching)),
    )
