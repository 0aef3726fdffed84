"""When the coach comes to see a step next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.coaching.models import ActionStep


def observe(session: Session, step: ActionStep, at: datetime | None) -> None:
    """Plan the next observation of a step, as the meeting that agreed it says."""
    step.next_observation_at = at
    session.flush()
    record_change(session, "action_step", step.id, person_id=step.coachee_id)


def release(session: Session, step: ActionStep, at: datetime) -> None:
    """Take back the observation that a meeting planned for a step it no longer agrees, and no other."""
    if step.next_observation_at == at:
        observe(session, step, None)
