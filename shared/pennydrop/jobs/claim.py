"""Taking work from the ledger, so that no two workers ever hold the same job."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session, aliased

from pennydrop.db.types import db_now_ms
from pennydrop.jobs.models import CRASHED, Job, JobState, Queue

# After so many attempts whose workers fell silent a job is suspected of having made them.
_SUSPECTED_AFTER = 2


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that is ours until its lease runs out, as long as nobody moves the fence."""

    job_id: str
    kind: str
    payload: dict[str, Any]
    subject_id: str | None
    number: int
    fence: int


def claim(
    session: Session, queue: Queue, *, kinds: Collection[str], owner: str, lease_ms: int
) -> Claimed | None:
    """Take the most urgent job of `queue` that is due and that we know how to do, or return None.

    One conditional UPDATE: PostgreSQL's workers skip each other's rows, SQLite's queue up for the write
    lock. The attempt is counted here and not at its end, so that a job that kills its worker comes to one.
    One process never takes two jobs at once that may have killed their workers: the guilty one would take the
    other along to its last attempt. A process takes one job at a time, or that can't be promised.
    """
    waiting = aliased(Job)
    first = (
        select(waiting.id)
        .where(
            waiting.queue == queue,
            waiting.state == JobState.QUEUED,
            waiting.run_after_ms <= db_now_ms(),
            waiting.kind.in_(kinds),
            or_(
                waiting.error_code.is_distinct_from(CRASHED),
                waiting.attempt < _SUSPECTED_AFTER,
                ~_risks(owner),
            ),
        )
        .order_by(waiting.priority, waiting.run_after_ms, waiting.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = session.execute(
        update(Job)
        .where(Job.id == first, Job.state == JobState.QUEUED)
        .values(
            state=JobState.RUNNING,
            attempt=Job.attempt + 1,
            fence=Job.fence + 1,
            lease_owner=owner,
            lease_until_ms=db_now_ms() + lease_ms,
            started_at_ms=db_now_ms(),
            progress=0,
            sandbox=None,
        )
        .returning(Job.id, Job.kind, Job.payload, Job.subject_id, Job.attempt, Job.fence),
        execution_options={"synchronize_session": False},
    ).first()
    return None if row is None else Claimed(*row)


def _risks(owner: str) -> ColumnElement[bool]:
    """Whether a job that is suspected runs in this process already."""
    suspected = and_(Job.error_code == CRASHED, Job.attempt > _SUSPECTED_AFTER)
    return select(Job.id).where(Job.state == JobState.RUNNING, Job.lease_owner == owner, suspected).exists()


def queues_with_work(session: Session, queues: Collection[Queue]) -> set[Queue]:
    """Return which of `queues` have a job that is due."""
    return set(
        session.scalars(
            select(Job.queue)
            .where(Job.queue.in_(queues), Job.state == JobState.QUEUED, Job.run_after_ms <= db_now_ms())
            .distinct()
        )
    )
