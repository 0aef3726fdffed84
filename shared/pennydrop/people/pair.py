"""Pairings: the beginning and the end of a coach's access."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.may_people import may_pair
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.clock import utcnow
from pennydrop.errors import Conflict, Invalid
from pennydrop.meetings.unshare import unshare_films
from pennydrop.people.models import Pairing, Person


class AlreadyPaired(Conflict):
    def __init__(self, coach: str, coachee: str) -> None:
        super().__init__(f"{coach} coaches {coachee} already.")


class PairedBothWays(Conflict):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} coach each other already.")


class PairingImpossible(Invalid):
    """These two can't be coach and coachee; the sentence says why."""


def pair(session: Session, coach: Person, coachee: Person) -> Pairing:
    """Let `coach` coach `coachee` from now on. Raises `AlreadyPaired`, `PairingImpossible`."""
    if coach.id == coachee.id:
        raise PairingImpossible("Nobody can coach themselves. Please choose two people.")
    if coach.school.organisation_id != coachee.school.organisation_id:
        raise PairingImpossible("A coach and a coachee belong to the same organisation.")
    if coach.disabled_at is not None or coachee.disabled_at is not None:
        raise PairingImpossible("One of the two has no active account any more.")
    if _active(session, coach.id, coachee.id) is not None:
        raise AlreadyPaired(coach.name, coachee.name)
    pairing = Pairing(coach=coach, coachee=coachee)
    session.add(pairing)
    session.flush()
    return pairing


def end(session: Session, viewer: Viewer | None, pairing: Pairing) -> None:
    """End a pairing now, and with it all that the coach may see. One that has ended stays as it is.

    What either of the two was shown of others' meetings because of it isn't shown any more.
    """
    if pairing.ended_at is None:
        pairing.ended_at = utcnow()
        session.flush()
        note_erased(session, Erased.PAIRING, pairing.id)
        unshare_films(session, viewer, pairing)


def start_pairing(session: Session, viewer: Viewer, *, coach_id: str, coachee_id: str) -> Pairing:
    """Bring two people together. The coachee can read who did. Raises as `may_pair` and `pair` do."""
    coach, coachee = may_pair(session, viewer, coach_id=coach_id, coachee_id=coachee_id)
    pairing = pair(session, coach, coachee)
    record_audit(
        session, viewer, "pairing.started", owner_id=coachee.id, subject_id=pairing.id, detail=coach.name
    )
    return pairing


def start_both_ways(session: Session, viewer: Viewer, *, coach_id: str, coachee_id: str) -> Pairing:
    """Let two people coach each other, where one of them coaches the other already too.

    Returns the pairing of these two in this order, made or there. Raises `PairedBothWays`,
    and as `may_pair` and `pair` do.
    """
    ways = ((coach_id, coachee_id), (coachee_id, coach_id))
    for coach, coachee in ways:
        may_pair(session, viewer, coach_id=coach, coachee_id=coachee)
    there = [_active(session, coach, coachee) for coach, coachee in ways]
    if there[0] is not None and there[1] is not None:
        raise PairedBothWays(there[0].coach.name, there[0].coachee.name)
    made = [
        known or start_pairing(session, viewer, coach_id=coach, coachee_id=coachee)
        for known, (coach, coachee) in zip(there, ways, strict=True)
    ]
    return made[0]


def _active(session: Session, coach_id: str, coachee_id: str) -> Pairing | None:
    return session.scalar(
        select(Pairing).where(
            Pairing.coach_id == coach_id, Pairing.coachee_id == coachee_id, Pairing.ended_at.is_(None)
        )
    )


def end_pairing(session: Session, viewer: Viewer, *, pairing_id: str) -> Pairing:
    """End a pairing: either of the two, those who lead in their schools, and administrators may."""
    pairing = get_visible(
        session, viewer, Pairing, pairing_id, joinedload(Pairing.coach), joinedload(Pairing.coachee)
    )
    if pairing.ended_at is None:
        end(session, viewer, pairing)
        record_audit(
            session,
            viewer,
            "pairing.ended",
            owner_id=pairing.coachee_id,
            subject_id=pairing.id,
            detail=pairing.coach.name,
        )
    return pairing
