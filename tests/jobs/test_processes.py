"""Real workers, killed in earnest, on the real broker: nothing is lost and nothing is done for ever."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path

import psutil
import pytest
import redis
from sqlalchemy import make_url, select

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.types import db_now_ms
from pennydrop.jobs import broker, nudge
from pennydrop.jobs.cancel import cancel
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Job, JobState, Leader, Queue
from pennydrop.jobs.timings import Timings
from pennydrop.settings import Settings
from tests.jobs.workshop import QUICK, eventually, job_of
from tests.support.servers.redis import a_redis

pytestmark = pytest.mark.each_database

# Workers that find nothing by themselves: only a nudge can bring them to work.
ONLY_NUDGES = Timings(lease=30, heartbeat=60, idle_look=60, reconcile=60)


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.jobs.errands"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Works:
    """An installation on which workers can be started and killed."""

    nursery: subprocess.Popen[str]
    settings: Settings
    sessions: SessionMaker
    pids: list[int] = field(default_factory=list)

    @property
    def notes(self) -> list[list[str]]:
        """Who did something, and at which attempt."""
        path = self.settings.data / "notes"
        return [line.split() for line in path.read_text().splitlines()] if path.exists() else []

    def start_worker(self, timings: Timings = QUICK) -> int:
        request = {
            "data": str(self.settings.data),
            "urls": {"database_url": self.settings.database_url, "broker_url": self.settings.broker_url},
            "timings": asdict(timings),
        }
        assert self.nursery.stdin is not None
        assert self.nursery.stdout is not None
        print(json.dumps(request), file=self.nursery.stdin, flush=True)
        self.pids.append(int(self.nursery.stdout.readline()))
        return self.pids[-1]

    def add(self, kind: str, *, queue: Queue = Queue.INTERACTIVE, state: JobState = JobState.QUEUED) -> str:
        """Ask for work. A `state` of running is that of a worker which fell silent long ago."""
        payload = {"to": str(self.settings.data / "notes"), "go": str(self.settings.data / "go")}
        with transaction(self.sessions) as session:
            job = enqueue(session, kind, queue=queue, unique_key=kind, payload=payload)
            if state is JobState.RUNNING:
                job.state, job.attempt, job.fence, job.lease_until_ms = state, 1, 1, 1
            return job.id

    def leader(self) -> int | None:
        """The process that leads the workers, None where nobody leads just now."""
        fresh = select(Leader.holder).where(Leader.what == "worker", Leader.until_ms > db_now_ms())
        with transaction(self.sessions) as session:
            holder = session.scalar(fresh)
        return int(holder.partition("#")[2].partition(".")[0]) if holder else None

    def end(self, pid: int, how: signal.Signals) -> None:
        """Kill or freeze a worker, the latter while it doesn't write: SQLite has one writer."""
        os.kill(pid, how)
        while how is signal.SIGSTOP and not self._can_be_written():
            os.kill(pid, signal.SIGCONT)
            os.kill(pid, how)

    def _can_be_written(self) -> bool:
        if make_url(self.settings.database).get_backend_name() != "sqlite":
            return True
        with sqlite3.connect(str(make_url(self.settings.database).database), timeout=0.2) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return False
        return True

    def let_go(self) -> None:
        (self.settings.data / "go").touch()

    def wait_for(self, job_id: str, state: JobState) -> None:
        eventually(lambda: job_of(self.sessions, job_id).state == state)


@pytest.fixture
def works(nursery: subprocess.Popen[str], settings: Settings, database: SessionMaker) -> Iterator[Works]:
    yield from _opened(Works(nursery, settings, database))


def _opened(works: Works) -> Iterator[Works]:
    try:
        yield works
    finally:
        nudge.use(None)
        for pid in works.pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_a_nudge_through_the_folder_brings_a_worker_to_work(works: Works) -> None:
    nudge.use(broker.nudger(broker.make_celery("test", works.settings)))
    works.start_worker(ONLY_NUDGES)
    # Its first look, at the start, doesn't count: this one finds nothing new without a nudge.
    works.wait_for(works.add("note"), JobState.DONE)
    job_id = works.add("note_and_wait")
    works.let_go()
    works.wait_for(job_id, JobState.DONE)


def test_a_lost_nudge_is_harmless(works: Works) -> None:
    works.start_worker()
    works.wait_for(works.add("note"), JobState.DONE)


def test_a_killed_workers_job_runs_again(works: Works) -> None:
    first = works.start_worker()
    job_id = works.add("note_and_wait")
    eventually(lambda: works.notes)
    os.kill(first, signal.SIGKILL)
    second = works.start_worker()
    eventually(lambda: len(works.notes) == 2)
    works.let_go()
    works.wait_for(job_id, JobState.DONE)
    assert works.notes == [[str(first), "1"], [str(second), "2"]]


def test_a_worker_that_lost_touch_publishes_nothing_late(works: Works) -> None:
    first = works.start_worker(replace(QUICK, heartbeat=60))
    job_id = works.add("note_and_wait")
    eventually(lambda: works.notes)
    second = works.start_worker()
    eventually(lambda: len(works.notes) == 2)
    works.let_go()
    works.wait_for(job_id, JobState.DONE)
    job = job_of(works.sessions, job_id)
    assert (job.attempt, job.fence) == (2, 2)
    assert [pid for pid, _ in works.notes] == [str(first), str(second)]


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGSTOP])
def test_when_the_leader_is_gone_another_machine_puts_crashes_right(
    works: Works, ending: signal.Signals
) -> None:
    leader = works.start_worker()
    eventually(lambda: works.leader() == leader)
    follower = works.start_worker()
    works.wait_for(works.add("note"), JobState.DONE)
    works.end(leader, ending)
    crashed = works.add("note_and_wait", state=JobState.RUNNING)
    works.let_go()
    works.wait_for(crashed, JobState.DONE)
    assert works.leader() == follower


def _gone(pid: int) -> bool:
    return not psutil.pid_exists(pid)


def test_a_job_that_kills_its_worker_comes_to_an_end(works: Works) -> None:
    job_id = works.add("note_and_crash")
    for attempt in (1, 2, 3):
        pid = works.start_worker()
        eventually(partial(_gone, pid))
        assert len(works.notes) == attempt
    works.start_worker()
    works.wait_for(job_id, JobState.FAILED)
    assert len(works.notes) == 3


def test_a_worker_told_to_stop_gives_its_job_back_and_ends(works: Works) -> None:
    pid = works.start_worker()
    job_id = works.add("note_and_wait")
    eventually(lambda: works.notes)
    os.kill(pid, signal.SIGTERM)
    eventually(partial(_gone, pid))
    job = job_of(works.sessions, job_id)
    assert (job.state, job.attempt) == (JobState.QUEUED, 0)


def test_a_worker_ends_also_when_celery_is_in_the_middle_of_something(works: Works) -> None:
    (works.settings.data / "look long").touch()
    nudge.use(broker.nudger(broker.make_celery("test", works.settings)))
    pid = works.start_worker(ONLY_NUDGES)
    works.add("note")
    eventually((works.settings.data / "looks").exists)
    os.kill(pid, signal.SIGTERM)
    eventually(partial(_gone, pid))


def test_a_worker_with_a_handler_that_hears_nothing_starts_anew_and_gives_the_others_back(
    works: Works,
) -> None:
    pid = works.start_worker(replace(QUICK, stuck=0.2, stop=1))
    works.add("hang", queue=Queue.BULK)
    neighbour = works.add("note_and_wait")
    eventually(lambda: works.notes and (works.settings.data / "hangs").exists())
    with transaction(works.sessions) as session:
        cancel(session, unique_key="hang")
    eventually(partial(_gone, pid))
    job = job_of(works.sessions, neighbour)
    assert (job.state, job.attempt) == (JobState.QUEUED, 0)


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    with a_redis(tmp_path) as url:
        yield url


@pytest.fixture
def redis_works(
    nursery: subprocess.Popen[str], settings: Settings, database: SessionMaker, redis_url: str
) -> Iterator[Works]:
    settings = settings.model_copy(update={"broker_url": redis_url})
    yield from _opened(Works(nursery, settings, database))


def test_redis_brings_nudges_and_may_forget_them_all(redis_works: Works) -> None:
    works = redis_works
    nudge.use(broker.nudger(broker.make_celery("test", works.settings)))
    works.start_worker(ONLY_NUDGES)
    works.wait_for(works.add("note"), JobState.DONE)
    job_id = works.add("note_and_wait")
    eventually(lambda: len(works.notes) == 2)
    redis.Redis.from_url(works.settings.broker_url).flushall()
    os.kill(works.pids.pop(), signal.SIGKILL)
    with transaction(works.sessions) as session:
        session.get_one(Job, job_id).lease_until_ms = 1  # rather than wait for thirty seconds
    works.let_go()
    works.start_worker()
    works.wait_for(job_id, JobState.DONE)
