"""Keeping a claimed job, and giving it back: every write here counts only while the fence stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pennydrop.db.types import db_now_ms
from pennydrop.jobs import nudge
from pennydrop.jobs.absence import Need
from pennydrop.jobs.kinds import OnFailed
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.jobs.timings import Timings


def renew(session: Session, *, job_id: str, fence: int, lease_ms: int) -> bool:
    """Hold on to the job for another lease, by the database's clock; False when it is ours no more."""
    return _write(session, job_id, fence, lease_until_ms=db_now_ms() + lease_ms)


def give_back(session: Session, *, job_id: str, fence: int, queue: Queue) -> None:
    """Return the job untouched, as a service does that is told to stop: the attempt doesn't count.

    Other workers are told, as they may have room for it now.
    """
    ours = _write(
        session,
        job_id,
        fence,
        state=JobState.QUEUED,
        attempt=Job.attempt - 1,
        run_after_ms=db_now_ms(),
        nudged_at_ms=db_now_ms(),
        progress=0,
        lease_owner=None,
        lease_until_ms=None,
    )
    if ours:
        nudge.after_commit(session, queue)


def try_later(session: Session, *, job_id: str, fence: int, code: str, detail: str, wait_ms: int) -> None:
    """Put the job back for another attempt after `wait_ms`."""
    _write(
        session,
        job_id,
        fence,
        state=JobState.QUEUED,
        run_after_ms=db_now_ms() + wait_ms,
        # Nobody need be told before it is due.
        nudged_at_ms=db_now_ms() + wait_ms,
        waits_since_ms=None,
        progress=0,
        lease_owner=None,
        lease_until_ms=None,
        error_code=code,
        error_detail=detail,
    )


def put_off(session: Session, *, job_id: str, fence: int, need: Need, timings: Timings) -> bool:
    """Let the job wait for what is away: the attempt doesn't count. False when it has waited for too long."""
    since, now = session.execute(select(Job.waits_since_ms, db_now_ms()).where(Job.id == job_id)).one()
    away_for_ms = now - (since or now)
    if away_for_ms > timings.away_most * 1000:
        return False
    wait_ms = timings.away_ms(away_for_ms, need.longest_wait_s)
    _write(
        session,
        job_id,
        fence,
        state=JobState.QUEUED,
        attempt=Job.attempt - 1,
        run_after_ms=now + wait_ms,
        nudged_at_ms=now + wait_ms,
        waits_since_ms=since or now,
        progress=0,
        lease_owner=None,
        lease_until_ms=None,
        error_code=need.code,
        error_detail=need.waiting,
    )
    return True


def fail(
    session: Session, *, job_id: str, fence: int, code: str, detail: str, on_failed: OnFailed | None
) -> None:
    """End the job for good, and let its kind tell the people it concerns in the same transaction."""
    ours = _write(
        session,
        job_id,
        fence,
        state=JobState.FAILED,
        lease_owner=None,
        lease_until_ms=None,
        finished_at_ms=db_now_ms(),
        waits_since_ms=None,
        error_code=code,
        error_detail=detail,
    )
    if ours and on_failed is not None:
        job = session.scalars(
            select(Job).where(Job.id == job_id).execution_options(populate_existing=True)
        ).one()
        on_failed(session, job)


def _write(session: Session, job_id: str, fence: int, **values: Any) -> bool:
    row = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.fence == fence, Job.state == JobState.RUNNING)
        .values(**values)
        .returning(Job.id),
        execution_options={"synchronize_session": False},
    ).first()
    return row is not None
