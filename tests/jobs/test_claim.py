"""Claiming: the most urgent job that is due, to one worker only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs.claim import Claimed, claim
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import CRASHED, Job, Queue
from tests.jobs.workshop import job_of

pytestmark = pytest.mark.each_database


def add(
    sessions: SessionMaker, key: str, *, kind: str = "errand", priority: int = 100, delay: int = 0
) -> str:
    with transaction(sessions) as session:
        return enqueue(
            session,
            kind,
            queue=Queue.INTERACTIVE,
            unique_key=key,
            payload={},
            priority=priority,
            delay_ms=delay,
        ).id


def take(sessions: SessionMaker, queue: Queue = Queue.INTERACTIVE, *, owner: str = "me") -> Claimed | None:
    with transaction(sessions) as session:
        return claim(session, queue, kinds=["errand"], owner=owner, lease_ms=30_000)


def note_crashes(sessions: SessionMaker, job_id: str, count: int) -> None:
    with transaction(sessions) as session:
        job = session.get_one(Job, job_id)
        job.attempt, job.error_code = count, CRASHED


def test_urgent_work_goes_first_then_what_waited_longest(database: SessionMaker) -> None:
    first, second = add(database, "first"), add(database, "second")
    urgent = add(database, "urgent", priority=10)
    taken = [take(database), take(database), take(database)]
    assert [job and job.job_id for job in taken] == [urgent, first, second]
    assert take(database) is None


def test_a_claim_counts_the_attempt_and_moves_the_fence(database: SessionMaker) -> None:
    job_id = add(database, "errand")
    claimed = take(database)
    assert claimed is not None
    job = job_of(database, job_id)
    assert (job.attempt, job.fence) == (claimed.number, claimed.fence) == (1, 1)
    assert job.lease_owner == "me"


def test_work_for_later_other_queues_and_unknown_kinds_are_left_alone(database: SessionMaker) -> None:
    add(database, "later", delay=60_000)
    add(database, "unknown", kind="from.a.newer.version")
    assert take(database) is None
    add(database, "errand")
    assert take(database, Queue.BULK) is None


def test_many_workers_at_once_never_get_the_same_job(database: SessionMaker) -> None:
    wanted = {add(database, str(number)) for number in range(40)}
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(database), range(60)))
    got = [job.job_id for job in taken if job is not None]
    assert sorted(got) == sorted(wanted)


def test_two_jobs_that_may_have_killed_their_workers_are_never_in_one_process(database: SessionMaker) -> None:
    first, second, harmless = (add(database, key) for key in ("first", "second", "harmless"))
    for job_id in (first, second):
        note_crashes(database, job_id, 2)
    assert [job and job.job_id for job in (take(database), take(database), take(database))] == [
        first,
        harmless,
        None,
    ]
    elsewhere = take(database, owner="another process")
    assert elsewhere is not None
    assert elsewhere.job_id == second


def test_a_first_crash_casts_no_suspicion(database: SessionMaker) -> None:
    for key in ("first", "second"):
        note_crashes(database, add(database, key), 1)
    assert take(database) is not None
    assert take(database) is not None
