"""Who leads of many: one at a time, another one within seconds, and nobody waits for a frozen one."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select, text

from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.jobs.leader import resign, take
from pennydrop.jobs.models import Job, JobState, Leader
from pennydrop.settings import Settings
from tests.jobs.workshop import a_kind, eventually, open_workshop

pytestmark = pytest.mark.each_database


def leads(sessions: SessionMaker, holder: str, *, lease_ms: int = 60_000, what: str = "worker") -> bool:
    with transaction(sessions) as session:
        return take(session, what, holder=holder, lease_ms=lease_ms)


def test_one_leads_until_it_is_silent_for_a_lease(database: SessionMaker) -> None:
    assert leads(database, "first", lease_ms=300)
    assert not leads(database, "second")
    assert leads(database, "first", lease_ms=300)
    eventually(lambda: leads(database, "second"))
    assert not leads(database, "first")


def test_each_service_has_a_leader_of_its_own(database: SessionMaker) -> None:
    assert leads(database, "first")
    assert leads(database, "second", what="transcoder")


def test_whoever_resigns_is_followed_at_once(database: SessionMaker) -> None:
    assert leads(database, "first")
    with transaction(database) as session:
        resign(session, holder="second")
    assert not leads(database, "second")
    with transaction(database) as session:
        resign(session, holder="first")
    assert leads(database, "second")


@pytest.mark.on_database("postgresql")
@pytest.mark.parametrize(("patient", "after"), [(False, "30s"), (True, "0")])
def test_a_silent_transaction_is_ended_unless_it_copies_films_meanwhile(
    settings: Settings, database: SessionMaker, patient: bool, after: str
) -> None:
    engine = make_engine(settings.database, patient=patient)
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == after
    engine.dispose()


# SQLite has one writer: whoever freezes while it writes holds up everybody.
@pytest.mark.on_database("postgresql")
def test_nobody_waits_for_a_leader_that_froze_in_the_middle_of_a_transaction(database: SessionMaker) -> None:
    assert leads(database, "first", lease_ms=1)
    with transaction(database) as frozen:
        frozen.execute(select(Leader).with_for_update())
        began = time.monotonic()
        assert not leads(database, "second")
        assert time.monotonic() - began < 10
    assert leads(database, "second")


# SQLite has one writer: whoever freezes while it writes holds up everybody.
@pytest.mark.on_database("postgresql")
def test_what_a_frozen_process_has_locked_is_let_go(settings: Settings, database: SessionMaker) -> None:
    quick = "?options=-c%20idle_in_transaction_session_timeout%3D300"
    with open_workshop(settings, database, []) as elsewhere:
        job_id = elsewhere.add()
    with transaction(database) as session:
        job = session.get_one(Job, job_id)
        job.state, job.attempt, job.fence, job.lease_until_ms = JobState.RUNNING, 1, 1, 1
    frozen = make_sessions(make_engine(f"{settings.database}{quick}"))()
    frozen.begin()
    frozen.execute(select(Job).where(Job.id == job_id).with_for_update())
    with open_workshop(settings, database, [a_kind(lambda attempt, parts: None)]) as workshop:
        workshop.wait_for(job_id)
    frozen.invalidate()


def test_crashes_are_put_right_by_the_leader_alone(settings: Settings, database: SessionMaker) -> None:
    assert leads(database, "a machine elsewhere", lease_ms=600_000)
    with open_workshop(settings, database, [a_kind(lambda attempt, parts: None)]) as workshop:
        job_id, other = workshop.add(), workshop.add(key="other")
        workshop.wait_for(job_id)
        with transaction(database) as session:
            job = session.get_one(Job, job_id)
            job.state, job.attempt, job.fence, job.lease_until_ms = JobState.RUNNING, 1, 9, 1
        workshop.wait_for(other)
        assert workshop.job(job_id).state == JobState.RUNNING
        with transaction(database) as session:
            resign(session, holder="a machine elsewhere")
        workshop.wait_for(job_id)
