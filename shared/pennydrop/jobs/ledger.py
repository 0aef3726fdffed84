"""Putting work into the ledger: in the transaction that makes it necessary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pennydrop import traces
from pennydrop.db.types import db_now_ms
from pennydrop.jobs import nudge
from pennydrop.jobs.models import Job, JobState, Queue

THEN = "then"
"""The key of a payload under which orders stand that are to follow once the job is done."""
OPEN_STATES = (JobState.QUEUED, JobState.RUNNING)


def enqueue(
    session: Session,
    kind: str,
    *,
    queue: Queue,
    unique_key: str,
    payload: dict[str, Any],
    subject_id: str | None = None,
    priority: int = 100,
    delay_ms: int = 0,
    again: bool = False,
) -> Job:
    """Ask for one piece of work and return its row; workers hear of it once the transaction is committed.

    The same `unique_key` is never in the ledger twice. Where it is queued or running already, that row is
    returned (and moved forward if this call is more urgent). Where it has ended, that row is returned too,
    unless `again` asks for a new run.
    """
    asked_in = traces.carried()
    if asked_in is not None:
        payload = {**payload, traces.TRACE: asked_in}
    job = _find(session, unique_key)
    if job is None:
        job = Job(
            kind=kind,
            queue=queue,
            priority=priority,
            unique_key=unique_key,
            subject_id=subject_id,
            payload=payload,
            run_after_ms=db_now_ms() + delay_ms,
            nudged_at_ms=db_now_ms(),
        )
        try:
            with session.begin_nested():
                session.add(job)
        except IntegrityError:
            # Somebody else asked for the same work at the same moment: theirs counts.
            return session.scalars(select(Job).where(Job.unique_key == unique_key)).one()
    elif job.state == JobState.QUEUED:
        job.priority = min(job.priority, priority)
    elif job.state not in OPEN_STATES and again:
        _run_again(job, payload=payload, priority=priority, delay_ms=delay_ms)
    else:
        return job
    session.flush()
    if delay_ms == 0:
        nudge.after_commit(session, queue)
    return job


def move_forward(session: Session, unique_key: str, *, priority: int) -> None:
    """Make a job that is queued at least so urgent; any other stays as it is."""
    session.execute(
        update(Job)
        .where(Job.unique_key == unique_key, Job.state == JobState.QUEUED, Job.priority > priority)
        .values(priority=priority),
        execution_options={"synchronize_session": False},
    )


def run_again(session: Session, unique_key: str, **changes: Any) -> None:
    """Ask for another run of a job that has ended, with the payload it had, but for `changes`.

    One that is queued or runs is left alone, and so is one that nobody ever asked for.
    """
    job = _find(session, unique_key)
    if job is None or job.state in OPEN_STATES:
        return
    _run_again(job, payload={**job.payload, **changes}, priority=job.priority, delay_ms=0)
    session.flush()
    nudge.after_commit(session, job.queue)


def remember(session: Session, job_id: str, **more: Any) -> None:
    """Add to the payload of a job: its later attempts and runs know that too."""
    job = session.get_one(Job, job_id)
    job.payload = {**job.payload, **more}


def order(
    kind: str,
    *,
    queue: Queue,
    unique_key: str,
    payload: dict[str, Any],
    subject_id: str | None,
    priority: int = 100,
    then: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Write down what to ask for, and what is to follow it, as a payload can hold it."""
    return {
        "kind": kind,
        "queue": queue,
        "unique_key": unique_key,
        "payload": {**payload, THEN: list(then)},
        "subject_id": subject_id,
        "priority": priority,
    }


def enqueue_orders(session: Session, orders: Iterable[dict[str, Any]]) -> None:
    """Ask for a new run of each order."""
    for one in orders:
        enqueue(session, **{**one, "queue": Queue(one["queue"])}, again=True)


def _find(session: Session, unique_key: str) -> Job | None:
    return session.scalars(select(Job).where(Job.unique_key == unique_key).with_for_update()).one_or_none()


def _run_again(job: Job, *, payload: dict[str, Any], priority: int, delay_ms: int) -> None:
    # The fence stays: it only ever grows, so that an attempt of the earlier run can't publish into this one.
    job.state = JobState.QUEUED
    job.attempt = 0
    job.payload = payload
    job.priority = priority
    job.progress = 0
    job.error_code = job.error_detail = None
    job.finished_at_ms = job.waits_since_ms = None
    job.run_after_ms = db_now_ms() + delay_ms
    job.nudged_at_ms = db_now_ms()
