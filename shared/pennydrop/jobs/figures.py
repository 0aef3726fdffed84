"""How much work there is: for whoever watches over an installation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.clock import utcnow
from pennydrop.db.types import db_now_ms
from pennydrop.ids import id_at
from pennydrop.jobs.models import Job, JobState, Queue

COUNTED = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)
"""What is done is history, and grows for ever."""


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """One queue as it stands."""

    queue: Queue
    jobs: dict[JobState, int]
    waits_ms: int
    """How long its oldest job has been due and waits, 0 where none is."""


def figures(session: Session) -> Sequence[QueueFigures]:
    """Return the figures of every queue, those without work too."""
    counts = select(Job.queue, Job.state, func.count()).where(Job.state.in_(COUNTED))
    jobs = {(queue, state): n for queue, state, n in session.execute(counts.group_by(Job.queue, Job.state))}
    due = Job.run_after_ms <= db_now_ms()
    oldest = select(Job.queue, db_now_ms() - func.min(Job.run_after_ms))
    waits = dict(session.execute(oldest.where(Job.state == JobState.QUEUED, due).group_by(Job.queue)).all())
    return [
        QueueFigures(
            queue, {state: jobs.get((queue, state), 0) for state in COUNTED}, int(waits.get(queue, 0))
        )
        for queue in Queue
    ]


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The jobs of one kind that ended in one way."""

    kind: str
    state: JobState
    count: int
    mean_ms: float
    """From their last claim to their end."""
    longest_ms: int


def last_hour(session: Session) -> Sequence[KindFigures]:
    """Return what ended of the jobs that came up within the last hour, by kind and end.

    Ids sort by the moment they were made, so that history, which grows for ever, isn't looked at.
    """
    lasted = Job.finished_at_ms - Job.started_at_ms
    query = (
        select(Job.kind, Job.state, func.count(), func.avg(lasted), func.max(lasted))
        .where(
            Job.id >= id_at(utcnow() - timedelta(hours=1)), Job.state.in_((JobState.DONE, JobState.FAILED))
        )
        .group_by(Job.kind, Job.state)
    )
    return [
        KindFigures(kind, state, count, float(mean or 0), int(longest or 0))
        for kind, state, count, mean, longest in session.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class FailureFigures:
    """The jobs of one kind that one thing stopped: for good, or until they are tried again."""

    kind: str
    code: str
    count: int


def failures_of_last_hour(session: Session) -> Sequence[FailureFigures]:
    """Return what stopped jobs that came up within the last hour, by kind and the error's code."""
    query = (
        select(Job.kind, Job.error_code, func.count())
        .where(Job.id >= id_at(utcnow() - timedelta(hours=1)), Job.error_code.is_not(None))
        .group_by(Job.kind, Job.error_code)
    )
    return [FailureFigures(kind, code or "", count) for kind, code, count in session.execute(query)]
