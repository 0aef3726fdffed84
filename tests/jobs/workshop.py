"""Slots and a keeper in this process, with quick timings, for kinds of job a test makes up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs.keeper import Keeper
from pennydrop.jobs.kinds import Handler, Kind, OnFailed, WorkerParts, registry
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.jobs.slots import Slots
from pennydrop.jobs.timings import Timings
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store

QUICK = Timings(
    lease=1.0,
    heartbeat=0.1,
    leader=1.0,
    idle_look=0.1,
    reconcile=0.1,
    nudge_again=0.3,
    retries=(0.05, 0.1, 0.1),
    away_first=0.05,
    stop=5,
)
_PATIENCE_S = 20.0


def a_kind(
    handle: Handler,
    name: str = "errand",
    *,
    queue: Queue = Queue.INTERACTIVE,
    limit_s: float = 60,
    on_failed: OnFailed | None = None,
    every_s: float | None = None,
) -> Kind:
    return Kind(name, queue, handle, limit_s, on_failed=on_failed, every_s=every_s)


@dataclass
class Workshop:
    """Does jobs while the test looks on."""

    sessions: SessionMaker
    slots: Slots

    def add(self, kind: str = "errand", *, key: str = "errand", **asked: Any) -> str:
        """Put a job into the ledger and return its id."""
        asked = {"queue": Queue.INTERACTIVE, "payload": {}, **asked}
        with transaction(self.sessions) as session:
            return enqueue(session, kind, unique_key=key, **asked).id

    def job(self, job_id: str) -> Job:
        return job_of(self.sessions, job_id)

    def wait_for(self, job_id: str, state: JobState = JobState.DONE) -> Job:
        """Wait until the job is in this state, and return it."""
        eventually(lambda: self.job(job_id).state == state)
        return self.job(job_id)


@contextmanager
def open_workshop(
    settings: Settings,
    sessions: SessionMaker,
    kinds: Sequence[Kind],
    *,
    slots: dict[Queue, int] | None = None,
    timings: Timings = QUICK,
    name: str = "workshop",
) -> Iterator[Workshop]:
    """Do the jobs of these kinds while the block runs."""
    parts = WorkerParts(settings=settings, sessions=sessions, store=open_store(settings))
    known = registry(kinds)
    own = Slots(parts, known, slots=slots or {Queue.INTERACTIVE: 2}, owner=name, timings=timings)
    keeper = Keeper(parts, sessions, known, own, service="worker", name=name, timings=timings)
    own.start()
    keeper.start()
    try:
        yield Workshop(sessions, own)
    finally:
        own.stop(timings.stop)
        keeper.stop()


def job_of(sessions: SessionMaker, job_id: str) -> Job:
    with transaction(sessions) as session:
        return session.get_one(Job, job_id)


def eventually(true: Callable[[], object]) -> None:
    """Wait until `true()`; fail when it takes very long."""
    deadline = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)
