"""Putting right what crashes, power cuts and lost messages left behind."""

from __future__ import annotations

import logging
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from pennydrop.db.trouble import is_away, is_full
from pennydrop.db.types import db_now_ms
from pennydrop.jobs import lease, nudge
from pennydrop.jobs.kinds import Kinds, OnFailed
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import CRASHED, Job, JobState, Queue
from pennydrop.jobs.timings import Timings

log = logging.getLogger("pennydrop.jobs")

_GAVE_UP = (
    "This was tried {attempts} times, and each time the part of Pennydrop that works on it stopped. "
    "The film itself may be damaged; please tell whoever looks after Pennydrop."
)


def anything_to_do(session: Session, queues: Collection[Queue], timings: Timings) -> bool:
    """Say, by reading only, whether `reconcile` has work: idle services never wait for the write lock."""
    found = select(Job.id).where(
        Job.queue.in_(queues), or_(_expired(), _forgotten(round(timings.nudge_again * 1000)))
    )
    return session.scalar(found.limit(1)) is not None


def reconcile(session: Session, queues: Collection[Queue], *, kinds: Kinds, timings: Timings) -> None:
    """Give back or fail the jobs of `queues` whose lease ran out, and nudge for those queued for long.

    An expired job is due again at once: the lease was wait enough. Safe to be done by many at once.
    """
    expired = select(Job.id).where(Job.queue.in_(queues), _expired(), Job.kind.in_(kinds))
    for job_id in session.scalars(expired.with_for_update(skip_locked=True)).all():
        _put_right(session, session.get_one(Job, job_id), kinds)
    forgotten = select(Job).where(Job.queue.in_(queues), _forgotten(round(timings.nudge_again * 1000)))
    for job in session.scalars(forgotten.with_for_update(skip_locked=True)):
        job.nudged_at_ms = db_now_ms()
        nudge.after_commit(session, job.queue)


def _put_right(session: Session, job: Job, kinds: Kinds) -> None:
    kind = kinds[job.kind]
    if job.attempt < kind.max_attempts:
        detail = "It was interrupted."
        lease.try_later(session, job_id=job.id, fence=job.fence, code=CRASHED, detail=detail, wait_ms=0)
        nudge.after_commit(session, job.queue)
        return
    detail = _GAVE_UP.format(attempts=job.attempt)

    def fail(on_failed: OnFailed | None) -> None:
        with session.begin_nested():
            lease.fail(
                session, job_id=job.id, fence=job.fence, code=CRASHED, detail=detail, on_failed=on_failed
            )

    try:
        fail(kind.on_failed)
    except Exception as error:
        if is_away(error) or is_full(error):
            raise
        # One job that can't be told about must not keep all others from being put right, again and again.
        log.exception("%s of %s failed, and nobody could be told", job.kind, job.subject_id)
        fail(None)


def start_periodic(session: Session, kinds: Kinds) -> None:
    """Ask for another run of each kind that is due again, however many workers ask at once."""
    for kind in kinds.values():
        if kind.every_s is None:
            continue
        since = db_now_ms() - round(kind.every_s * 1000)
        recent = select(Job.id).where(
            Job.unique_key == kind.name,
            or_(Job.state.in_((JobState.QUEUED, JobState.RUNNING)), Job.finished_at_ms > since),
        )
        if session.scalar(recent) is None:
            enqueue(session, kind.name, queue=kind.queue, unique_key=kind.name, payload={}, again=True)


def _expired() -> ColumnElement[bool]:
    return and_(Job.state == JobState.RUNNING, Job.lease_until_ms < db_now_ms())


def _forgotten(after_ms: int) -> ColumnElement[bool]:
    return and_(
        Job.state == JobState.QUEUED,
        Job.run_after_ms <= db_now_ms(),
        Job.nudged_at_ms < db_now_ms() - after_ms,
    )
