"""Sessions held: that a pairing met, and on which days. Nothing of what was said or seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.ties import is_inside, people_led
from pennydrop.access.viewer import Viewer
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.people.models import Pairing


@dataclass(frozen=True, slots=True)
class Sessions:
    """One pairing and when it met; newest first."""

    pairing: Pairing
    meetings: Sequence[datetime]
    drop_ins: Sequence[datetime]


def sessions_held(session: Session, viewer: Viewer) -> list[Sessions]:
    """Return the viewer's own pairings and, to those who lead coaching, those of their schools.

    A coach's own end with the pairing. Drop-ins are counted apart: they are short, and nobody owes one.
    """
    led = or_(Pairing.coach_id.in_(people_led(viewer)), Pairing.coachee_id.in_(people_led(viewer)))
    own = or_(
        Pairing.coachee_id == viewer.person_id,
        and_(Pairing.coach_id == viewer.person_id, Pairing.ended_at.is_(None)),
    )
    pairings = session.scalars(
        select(Pairing)
        .where(or_(led, own), is_inside(viewer, Pairing.coach_id), is_inside(viewer, Pairing.coachee_id))
        .options(joinedload(Pairing.coach), joinedload(Pairing.coachee))
        .order_by(Pairing.id)
    ).all()
    held: dict[str, tuple[list[datetime], list[datetime]]] = {one.id: ([], []) for one in pairings}
    rows = session.execute(
        select(Meeting.pairing_id, Meeting.kind, Meeting.started_at)
        .where(Meeting.pairing_id.in_(held), Meeting.state == MeetingState.DONE)
        .order_by(Meeting.started_at.desc())
    )
    for pairing_id, kind, at in rows:
        if at is not None:
            held[pairing_id][kind is MeetingKind.DROP_IN].append(at)
    return [Sessions(one, *held[one.id]) for one in pairings]
