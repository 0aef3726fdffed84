"""A job that can't do without what is away waits for it, however long that takes, and loses no attempt."""

from __future__ import annotations

import errno
import sqlite3
import time
from collections import namedtuple
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.jobs import absence
from pennydrop.jobs.absence import DATABASE, ROOM, STORE, Absent, explained, what_is_missing
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.media.failures import MediaFailure
from pennydrop.settings import Settings
from pennydrop.storage.s3_client import StoreRefuses, StoreUnreachable
from tests.jobs.workshop import QUICK, Workshop, a_kind, eventually, open_workshop
from tests.support.servers.postgresql import PostgreSQL
from tests.support.servers.wire import Wire, a_wire

_Usage = namedtuple("_Usage", "total used free")


def sqlite_says(words: str) -> OperationalError:
    return OperationalError("COMMIT", {}, sqlite3.OperationalError(words))


@pytest.mark.parametrize(
    ("error", "need"),
    [
        (StoreUnreachable("no route"), STORE),
        (StoreRefuses("AccessDenied"), STORE),
        (OSError(errno.ESTALE, "a folder of another machine"), STORE),
        (OSError(errno.ENOSPC, "no space"), ROOM),
        (MediaFailure("out_of_room"), ROOM),
        (sqlite_says("database or disk is full"), ROOM),
        (sqlite_says("database is locked"), DATABASE),
        (NoConnectionFree(), DATABASE),
        (sqlite_says("no such column: x"), None),
        (OSError(errno.EIO, "a bad sector"), None),
        (MediaFailure("damaged"), None),
        (RuntimeError("a fault"), None),
    ],
)
def test_what_is_away_is_told_from_what_is_broken(
    error: Exception, need: absence.Need | None, tmp_path: Path
) -> None:
    assert what_is_missing(error, tmp_path) is need


def test_on_a_full_disk_no_film_is_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(absence.shutil, "disk_usage", lambda path: _Usage(1 << 30, 1 << 30, 4096))
    assert what_is_missing(MediaFailure("damaged"), tmp_path) is ROOM


def test_what_a_full_disk_cut_short_is_not_believed_when_there_is_room_again(tmp_path: Path) -> None:
    def attempt(*, meanwhile: Callable[[], None]) -> None:
        with explained(tmp_path):
            meanwhile()
            raise MediaFailure("came_out_wrong", what="it can't be read")

    with pytest.raises(Absent):
        attempt(meanwhile=absence.note_no_room)  # as the keeper does, which writes to the same disk
    with pytest.raises(MediaFailure):
        attempt(meanwhile=lambda: None)


@pytest.mark.each_database
def test_waiting_for_the_store_costs_no_attempt(settings: Settings, database: SessionMaker) -> None:
    tries: list[int] = []

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        tries.append(attempt.number)
        if len(tries) <= 5:
            raise StoreUnreachable("it is switched off")

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job = workshop.wait_for(workshop.add())
    assert tries == [1] * 6
    assert (job.attempt, job.error_code, job.waits_since_ms) == (1, None, None)


def test_while_it_waits_it_says_for_what(settings: Settings, database: SessionMaker) -> None:
    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    with open_workshop(settings, database, [a_kind(handle)]) as workshop:
        job_id = workshop.add()
        eventually(lambda: workshop.job(job_id).error_code == "no_room")
        assert "goes on by itself once there is" in str(workshop.job(job_id).error_detail)
        with transaction(database) as session:
            session.get_one(Job, job_id).waits_since_ms = 1  # for longer than a week
        job = workshop.wait_for(job_id, JobState.FAILED)
    assert "can be tried again behind the scenes" in str(job.error_detail)


def test_waits_grow_with_what_is_waited_for() -> None:
    minutes = [QUICK.away_ms(away * 60_000, STORE.longest_wait_s) / 60_000 for away in (0, 1, 2, 60)]
    assert minutes[1:] == [0.25, 0.5, 1]
    assert QUICK.away_ms(3600_000, ROOM.longest_wait_s) == 600_000


class TestDatabaseAway:
    @pytest.fixture
    def wire(self, postgresql: PostgreSQL) -> Iterator[Wire]:
        with a_wire(postgresql.port) as wire:
            yield wire

    @pytest.fixture
    def sessions(self, settings: Settings, database: SessionMaker, wire: Wire) -> Iterator[SessionMaker]:
        url = make_url(settings.database_url).set(port=wire.port)
        engine = make_engine(url.render_as_string(hide_password=False))
        yield make_sessions(engine)
        engine.dispose()

    @pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
    def test_a_job_goes_on_through_an_outage_longer_than_its_lease(
        self, settings: Settings, database: SessionMaker, sessions: SessionMaker, wire: Wire
    ) -> None:
        def handle(attempt: Attempt, parts: WorkerParts) -> None:
            attempt.progress(10)
            wire.unplug()
            time.sleep(2 * QUICK.lease)
            attempt.progress(50)
            wire.plug_in()
            assert not attempt.cancelled.wait(3 * QUICK.lease)

        slow = replace(QUICK, heartbeat=QUICK.lease / 2)
        with (
            # Leads, and looks for jobs whose workers fell silent long before this one's next heartbeat.
            open_workshop(settings, sessions, [a_kind(handle)], slots={Queue.INTERACTIVE: 0}, name="leader"),
            open_workshop(settings, sessions, [a_kind(handle)], timings=slow) as workshop,
        ):
            onlooker = Workshop(database, workshop.slots)
            assert onlooker.wait_for(onlooker.add()).attempt == 1

    @pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
    def test_how_an_attempt_ended_is_written_down_once_it_can_be(
        self, settings: Settings, database: SessionMaker, sessions: SessionMaker, wire: Wire
    ) -> None:
        ends: list[int] = []

        def handle(attempt: Attempt, parts: WorkerParts) -> None:
            ends.append(attempt.number)
            if len(ends) == 1:
                wire.unplug()
                Timer(2 * QUICK.lease, wire.plug_in).start()
                with transaction(attempt.sessions) as session:
                    session.get_one(Job, attempt.job_id)

        with open_workshop(settings, sessions, [a_kind(handle)]) as workshop:
            onlooker = Workshop(database, workshop.slots)
            assert onlooker.wait_for(onlooker.add()).attempt == 1
        assert ends == [1, 1]
