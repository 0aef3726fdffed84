"""Stopping work that nobody needs any more."""

from __future__ import annotations

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from pennydrop.db.types import db_now_ms
from pennydrop.jobs.ledger import OPEN_STATES
from pennydrop.jobs.models import Job, JobState


def cancel(session: Session, *, unique_key: str) -> int:
    """Cancel the job of this key if it is queued or running; return how many that were (0 or 1)."""
    return _cancel(session, Job.unique_key == unique_key)


def cancel_for(session: Session, *, subject_id: str) -> int:
    """Cancel all queued and running work about a video or clip, and return how many jobs that were."""
    return _cancel(session, Job.subject_id == subject_id)


def _cancel(session: Session, which: ColumnElement[bool]) -> int:
    # Moving the fence ends a running attempt at its next heartbeat, and keeps it from publishing at once.
    cancelled = session.execute(
        update(Job)
        .where(which, Job.state.in_(OPEN_STATES))
        .values(
            state=JobState.CANCELLED,
            fence=Job.fence + 1,
            lease_owner=None,
            lease_until_ms=None,
            finished_at_ms=db_now_ms(),
        )
        .returning(Job.id),
        execution_options={"synchronize_session": "fetch"},
    ).all()
    return len(cancelled)
