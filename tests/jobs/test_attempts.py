"""What becomes of attempts: done, put off, failed, taken over, cancelled, given back."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
import structlog
from sqlalchemy import insert
from sqlalchemy.orm import Session

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs import scratch
from pennydrop.jobs.attempt import Attempt, StaleAttempt
from pennydrop.jobs.cancel import cancel
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from tests.jobs.workshop import a_kind, eventually, open_workshop

pytestmark = pytest.mark.each_database


class BadFilm(Exception):
    """As the media part raises it: trying again won't help."""

    final = True
    code = "not_a_video"
    detail = "This isn't a film. Please choose another file."


def wait_until_told(attempt: Attempt, parts: WorkerParts) -> None:
    attempt.cancelled.wait(20)
    raise RuntimeError("told to stop")


def test_a_result_is_published_once_and_the_job_is_done(settings: Settings, database: SessionMaker) -> None:
    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        with attempt.publish() as session:
            session.get_one(Job, attempt.payload["other"]).progress = 42

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        other = workshop.add("nobody.does.this", key="other")
        job = workshop.wait_for(workshop.add(payload={"other": other}))
        assert (job.progress, job.lease_owner) == (100, None)
        assert workshop.job(other).progress == 42


def test_a_handler_with_nothing_to_publish_just_returns(settings: Settings, database: SessionMaker) -> None:
    with open_workshop(settings, database, [a_kind(lambda attempt, parts: None)]) as workshop:
        workshop.wait_for(workshop.add())


def test_what_is_logged_meanwhile_names_the_job(settings: Settings, database: SessionMaker) -> None:
    seen: list[dict[str, object]] = []

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        seen.append(structlog.contextvars.get_contextvars())

    with open_workshop(settings, database, [a_kind(handle)], slots={Queue.INTERACTIVE: 1}) as workshop:
        first, second = workshop.add(key="1"), workshop.add(key="2")
        workshop.wait_for(first)
        workshop.wait_for(second)
    assert seen == [{"job": job, "kind": "errand", "attempt": 1} for job in (first, second)]


def test_a_stale_attempt_publishes_nothing(settings: Settings, database: SessionMaker) -> None:
    refused: list[bool] = []

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        with transaction(database) as session:
            session.get_one(Job, attempt.job_id).fence += 1  # as another claim would
        try:
            with attempt.publish() as session:
                session.get_one(Job, attempt.job_id).error_detail = "published though stale"
        except StaleAttempt:
            refused.append(True)
            raise

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job_id = workshop.add()
        eventually(lambda: refused)
        assert workshop.job(job_id).error_detail is None


def test_a_bad_film_fails_at_once_with_its_reason(settings: Settings, database: SessionMaker) -> None:
    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        raise BadFilm

    def tell(session: Session, job: Job) -> None:
        job.payload = {"told": job.error_detail}

    with open_workshop(settings, database, [a_kind(handle, on_failed=tell)]) as workshop:
        job = workshop.wait_for(workshop.add(), JobState.FAILED)
    assert (job.attempt, job.error_code) == (1, "not_a_video")
    assert job.payload == {"told": "This isn't a film. Please choose another file."}


def test_trouble_is_tried_three_times_and_then_told(settings: Settings, database: SessionMaker) -> None:
    numbers: list[int] = []

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        numbers.append(attempt.number)
        raise OSError("the disk hiccuped")

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job = workshop.wait_for(workshop.add(), JobState.FAILED)
    assert numbers == [1, 2, 3]
    assert "tried 3 times" in (job.error_detail or "")


def test_trouble_that_passes_leaves_no_trace_but_the_count(
    settings: Settings, database: SessionMaker
) -> None:
    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        if attempt.number == 1:
            raise OSError("the disk hiccuped")

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job = workshop.wait_for(workshop.add())
    assert (job.attempt, job.error_code) == (2, None)


def test_a_long_job_keeps_its_lease(settings: Settings, database: SessionMaker) -> None:
    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        assert not attempt.cancelled.wait(2.5)  # two and a half leases

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        assert workshop.wait_for(workshop.add()).attempt == 1


def test_cancelling_reaches_the_handler(settings: Settings, database: SessionMaker) -> None:
    started, told = threading.Event(), threading.Event()

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        started.set()
        attempt.cancelled.wait(20)
        told.set()
        raise RuntimeError("ffmpeg was ended")

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job_id = workshop.add()
        assert started.wait(20)
        with transaction(database) as session:
            cancel(session, unique_key="errand")
        assert told.wait(20)
    assert workshop.job(job_id).state == JobState.CANCELLED


def test_a_film_that_is_read_for_long_is_let_go_when_nobody_wants_it(
    settings: Settings, database: SessionMaker
) -> None:
    store = open_store(settings)
    store.put_bytes("sources/film", bytes(3 << 20))
    pieces, ended = [], threading.Event()

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        try:
            for piece in parts.store.stream("sources/film", 0, 3 << 20, 1 << 10):
                pieces.append(len(piece))
                time.sleep(0.02)
        finally:
            ended.set()

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job_id = workshop.add()
        eventually(lambda: pieces)
        with transaction(database) as session:
            cancel(session, unique_key="errand")
        assert ended.wait(20)
    assert sum(pieces) < 3 << 20
    assert workshop.job(job_id).state == JobState.CANCELLED
    # Whoever reads for somebody else isn't concerned.
    assert len(store.read("sources/film")) == 3 << 20


def test_what_a_crash_left_is_swept_and_what_goes_on_here_or_elsewhere_stays(tmp_path: Path) -> None:
    long_ago = time.time() - 2 * 3600
    ours, left, fresh = (tmp_path / name for name in ("ours-1", "left-1", "fresh-1"))
    for folder in (ours, left, fresh):
        (folder / "made").mkdir(parents=True)
    (tmp_path / "heal-1").write_bytes(b"half a film")
    for path in (ours, left, tmp_path / "heal-1"):
        os.utime(path, (long_ago, long_ago))
    scratch.sweep(tmp_path, ours=[ours])
    scratch.sweep(tmp_path, ours=[])  # by another service of this machine
    assert set(tmp_path.iterdir()) == {ours, fresh}


def test_an_attempt_that_takes_far_too_long_is_ended(settings: Settings, database: SessionMaker) -> None:
    with open_workshop(settings, database, [a_kind(wait_until_told, limit_s=0.1)]) as workshop:
        job = workshop.wait_for(workshop.add(), JobState.FAILED)
    assert (job.attempt, job.error_code) == (3, "took_too_long")


def test_stopping_gives_the_job_back_uncounted(settings: Settings, database: SessionMaker) -> None:
    with open_workshop(settings, database, [a_kind(wait_until_told)]) as workshop:
        job_id = workshop.add()
        workshop.wait_for(job_id, JobState.RUNNING)
    job = workshop.job(job_id)
    assert (job.state, job.attempt, job.lease_owner) == (JobState.QUEUED, 0, None)


def test_somebody_waiting_is_served_while_long_work_fills_its_own_queue(
    settings: Settings, database: SessionMaker
) -> None:
    kinds = [
        a_kind(wait_until_told, "long", queue=Queue.BULK),
        a_kind(lambda attempt, parts: None, "short"),
    ]
    with open_workshop(settings, database, kinds, slots={Queue.INTERACTIVE: 1, Queue.BULK: 1}) as workshop:
        long = [workshop.add("long", key=str(number), queue=Queue.BULK) for number in range(10)]
        workshop.wait_for(long[0], JobState.RUNNING)
        workshop.wait_for(workshop.add("short", key="short"))
        assert workshop.job(long[1]).state == JobState.QUEUED


def test_each_attempt_has_a_folder_of_its_own_that_goes_with_it(
    settings: Settings, database: SessionMaker
) -> None:
    folders: list[Path] = []

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        (attempt.scratch / "half.mp4").write_bytes(b"half")
        folders.append(attempt.scratch)
        if attempt.number == 1:
            raise OSError("once more")

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        workshop.wait_for(workshop.add())
        eventually(lambda: not any(folder.exists() for folder in folders))
    assert len(set(folders)) == 2


def test_progress_is_seen_while_it_runs(settings: Settings, database: SessionMaker) -> None:
    seen = threading.Event()

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        attempt.progress(40)
        assert seen.wait(20)

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job_id = workshop.add()
        eventually(lambda: workshop.job(job_id).progress == 40)
        seen.set()
        workshop.wait_for(job_id)


def test_housekeeping_starts_by_itself_and_not_twice(settings: Settings, database: SessionMaker) -> None:
    runs: list[float] = []
    sweep = a_kind(lambda attempt, parts: runs.append(time.monotonic()), "sweep", every_s=3600)
    for _ in range(2):
        with open_workshop(settings, database, [sweep]):
            eventually(lambda: runs)
    assert len(runs) == 1


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING])
def test_work_whose_nudge_or_worker_was_lost_is_found(
    settings: Settings, database: SessionMaker, state: JobState
) -> None:
    with open_workshop(settings, database, []) as elsewhere:
        job_id = elsewhere.add()
    with transaction(database) as session:
        job = session.get_one(Job, job_id)
        job.state, job.attempt, job.fence, job.lease_until_ms = state, 1, 1, 1
    with open_workshop(settings, database, [a_kind(lambda attempt, parts: None)]) as workshop:
        workshop.wait_for(job_id)


@pytest.mark.parametrize("how", ["nobody is there", "the database refuses"])
def test_a_job_whose_end_nobody_can_be_told_of_fails_and_holds_up_no_other(
    settings: Settings, database: SessionMaker, how: str
) -> None:
    def unable(session: Session, job: Job) -> None:
        if how == "nobody is there":
            session.get_one(Job, "nobody")
        session.execute(insert(Job).values(id=job.id))

    kinds = [
        a_kind(wait_until_told, "spoilt", on_failed=unable),
        a_kind(lambda attempt, parts: None, "other"),
    ]
    with open_workshop(settings, database, []) as elsewhere:
        spoilt, other = elsewhere.add("spoilt", key="1"), elsewhere.add("other", key="2")
    with transaction(database) as session:
        for job_id, attempt in ((spoilt, 3), (other, 1)):
            job = session.get_one(Job, job_id)
            job.state, job.attempt, job.fence, job.lease_until_ms = JobState.RUNNING, attempt, attempt, 1
    with open_workshop(settings, database, kinds) as workshop:
        workshop.wait_for(other)
        assert workshop.wait_for(spoilt, JobState.FAILED).error_code == "crashed"


def test_a_job_that_crashed_its_worker_three_times_is_given_up(
    settings: Settings, database: SessionMaker
) -> None:
    told: list[str | None] = []
    kind = a_kind(wait_until_told, on_failed=lambda session, job: told.append(job.error_code))
    with open_workshop(settings, database, []) as elsewhere:
        job_id = elsewhere.add()
    with transaction(database) as session:
        job = session.get_one(Job, job_id)
        job.state, job.attempt, job.fence, job.lease_until_ms = JobState.RUNNING, 3, 3, 1
    with open_workshop(settings, database, [kind]) as workshop:
        job = workshop.wait_for(job_id, JobState.FAILED)
    assert told == ["crashed"]
    assert "damaged" in (job.error_detail or "")
