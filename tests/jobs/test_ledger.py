"""Asking for work: once for each key, in the transaction that needs it, with a nudge after it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs import nudge
from pennydrop.jobs.cancel import cancel, cancel_for
from pennydrop.jobs.claim import claim
from pennydrop.jobs.lease import give_back
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Job, JobState, Queue
from tests.jobs.workshop import job_of

pytestmark = pytest.mark.each_database


@pytest.fixture
def nudges() -> Iterator[list[Queue]]:
    """The nudges sent so far."""
    sent: list[Queue] = []
    nudge.use(sent.append)
    yield sent
    nudge.use(None)


def add(sessions: SessionMaker, key: str = "poster", **asked: object) -> str:
    with transaction(sessions) as session:
        wanted = {"queue": Queue.INTERACTIVE, "payload": {}, **asked}
        return enqueue(session, "errand", unique_key=key, **wanted).id  # type: ignore[arg-type]


def end(sessions: SessionMaker, job_id: str, state: JobState) -> None:
    with transaction(sessions) as session:
        job = session.get_one(Job, job_id)
        job.state, job.fence, job.attempt, job.progress = state, 3, 3, 100


def test_the_same_work_is_asked_for_once(database: SessionMaker) -> None:
    assert add(database) == add(database)


def test_the_more_urgent_of_two_askers_counts(database: SessionMaker) -> None:
    add(database, priority=100)
    assert job_of(database, add(database, priority=10)).priority == 10
    assert job_of(database, add(database, priority=50)).priority == 10


def test_work_that_was_done_is_not_done_again_unasked(database: SessionMaker) -> None:
    job_id = add(database)
    end(database, job_id, JobState.DONE)
    assert job_of(database, add(database)).state == JobState.DONE


def test_a_new_run_starts_afresh_but_keeps_the_fence(database: SessionMaker) -> None:
    job_id = add(database, payload={"revision": 1})
    end(database, job_id, JobState.FAILED)
    again = job_of(database, add(database, payload={"revision": 2}, again=True))
    assert (again.id, again.state, again.attempt) == (job_id, JobState.QUEUED, 0)
    assert (again.payload, again.progress, again.fence) == ({"revision": 2}, 0, 3)


def test_workers_are_nudged_after_the_commit_and_not_before(
    database: SessionMaker, nudges: list[Queue]
) -> None:
    with transaction(database) as session:
        enqueue(session, "errand", queue=Queue.BULK, unique_key="a", payload={})
        enqueue(session, "errand", queue=Queue.BULK, unique_key="b", payload={})
        assert nudges == []
    assert nudges == [Queue.BULK]


def test_nobody_is_nudged_for_work_that_was_rolled_back(database: SessionMaker, nudges: list[Queue]) -> None:
    with database() as session, session.begin() as unit:
        enqueue(session, "errand", queue=Queue.BULK, unique_key="a", payload={})
        unit.rollback()
    with transaction(database) as session:
        assert session.query(Job).count() == 0
    assert nudges == []


def test_a_broken_broker_disturbs_nobody(database: SessionMaker) -> None:
    def broken(queue: Queue) -> None:
        raise ConnectionError("no broker")

    nudge.use(broken)
    try:
        assert job_of(database, add(database)).state == JobState.QUEUED
    finally:
        nudge.use(None)


def test_nobody_waits_for_a_slow_broker_and_what_it_is_to_hear_it_hears(database: SessionMaker) -> None:
    heard: list[Queue] = []
    may_answer = threading.Event()

    def slow(queue: Queue) -> None:
        may_answer.wait(20)
        heard.append(queue)

    nudge.use(slow, behind=True)
    try:
        add(database)
        assert heard == []
        may_answer.set()
        nudge.finish(20)
        assert heard == [Queue.INTERACTIVE]
    finally:
        nudge.use(None)


def test_a_broker_that_is_away_is_known(database: SessionMaker) -> None:
    def broken(queue: Queue) -> None:
        raise ConnectionError("no broker")

    nudge.use(broken)
    try:
        add(database)
        assert nudge.is_failing()
        nudge.use(lambda queue: None)
        add(database, key="another")
        assert not nudge.is_failing()
    finally:
        nudge.use(None)


def test_work_for_later_is_announced_by_nobody_yet(database: SessionMaker, nudges: list[Queue]) -> None:
    add(database, delay_ms=60_000)
    assert nudges == []


def test_work_that_is_given_back_is_announced(database: SessionMaker, nudges: list[Queue]) -> None:
    job_id = add(database)
    with transaction(database) as session:
        claimed = claim(session, Queue.INTERACTIVE, kinds=["errand"], owner="me", lease_ms=30_000)
    assert claimed is not None
    nudges.clear()
    with transaction(database) as session:
        give_back(session, job_id=job_id, fence=claimed.fence - 1, queue=Queue.INTERACTIVE)
    assert nudges == []
    with transaction(database) as session:
        give_back(session, job_id=job_id, fence=claimed.fence, queue=Queue.INTERACTIVE)
    assert nudges == [Queue.INTERACTIVE]
    assert job_of(database, job_id).attempt == 0


def test_cancelled_work_stays_cancelled(database: SessionMaker) -> None:
    job_id = add(database)
    with transaction(database) as session:
        assert cancel(session, unique_key="poster") == 1
        assert cancel(session, unique_key="poster") == 0
    assert job_of(database, job_id).state == JobState.CANCELLED


def test_all_open_work_about_a_video_is_cancelled_and_the_rest_left_alone(database: SessionMaker) -> None:
    mine = [add(database, key, subject_id="video") for key in ("a", "b")]
    done, other = add(database, "c", subject_id="video"), add(database, "d", subject_id="other")
    end(database, done, JobState.DONE)
    with transaction(database) as session:
        assert cancel_for(session, subject_id="video") == 2
    states = [job_of(database, job_id).state for job_id in (*mine, done, other)]
    assert states == [JobState.CANCELLED, JobState.CANCELLED, JobState.DONE, JobState.QUEUED]
