"""The feed of changes that screens show live: written with the change itself, read by the events endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pennydrop.changes.models import Change
from pennydrop.clock import utcnow

# Somebody who was away for longer loads the screen anew.
KEPT = timedelta(days=1)
# Clearing up once in so many changes keeps the table small at no cost to the others.
_PRUNE_EVERY = 200


def record(
    session: Session,
    topic: str,
    subject_id: str,
    *,
    video_id: str | None = None,
    person_id: str | None = None,
) -> None:
    """Say that `subject_id` is different now, in the transaction that changed it.

    `topic` is one of those in `changes.hearing`. `video_id` says which video it belongs to and `person_id`
    whose it is: they tell who may hear of it, above all where the row itself is gone.
    """
    change = Change(topic=topic, subject_id=subject_id, video_id=video_id, person_id=person_id)
    session.add(change)
    session.flush()
    if change.id % _PRUNE_EVERY == 0:
        prune(session)


def prune(session: Session) -> None:
    """Forget changes older than a day."""
    session.execute(delete(Change).where(Change.created_at < utcnow() - KEPT))


def newest(session: Session) -> int:
    """Return the number of the newest change, 0 where there is none."""
    return session.scalar(select(func.max(Change.id))) or 0


def since(session: Session, after: int, *, limit: int = 500) -> Sequence[Change]:
    """Return the changes numbered above `after`, oldest first."""
    return session.scalars(select(Change).where(Change.id > after).order_by(Change.id).limit(limit)).all()
