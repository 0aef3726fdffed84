"""What every staging of unfinished uploads promises, whether beside the films on a disk or in a bucket."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectStore
from pennydrop.storage.s3 import S3Store
from pennydrop.uploads.errors import UploadBytesLost, UploadTakenOver
from pennydrop.uploads.finish import Places, begin_anew
from pennydrop.uploads.models import Upload, UploadLock
from pennydrop.uploads.staging import RunningHash, Staging, open_staging
from pennydrop.uploads.staging.bucket import PART_BYTES
from pennydrop.uploads.staging.lease import Leases
from tests.contracts.test_object_store import s3_settings
from tests.factories import world
from tests.factories.people import a_person
from tests.support.house import until
from tests.support.servers.s3 import S3

FILM = os.urandom(2 * PART_BYTES + 12_345)


@dataclass
class Stage:
    settings: Settings
    store: ObjectStore
    sessions: SessionMaker
    staging: Staging

    def another(self) -> Staging:
        """The staging of another process, on another machine where machines share no disk."""
        staging = open_staging(self.settings, open_store(self.settings), self.sessions)
        staging.prepare()
        return staging

    def begin(self) -> str:
        person = a_person()
        with world.session() as session:
            upload = Upload(person_id=person.id, owner_id=person.id, expires_at=utcnow() + timedelta(days=7))
            session.add(upload)
            session.flush()
            self.staging.create(upload.id)
        return upload.id

    def add(
        self, upload_id: str, offset: int, data: bytes, running: RunningHash | None = None
    ) -> RunningHash | None:
        """Add bytes as one request does, in whatever process."""
        writer = self.another().open(upload_id, offset, running, None)
        try:
            writer.count([data])
            writer.write([data[:1000], data[1000:]])
            writer.sync()
        finally:
            writer.close()
        assert writer.offset == offset + len(data)
        return writer.running

    def room_taken(self) -> int:
        """How many bytes of unfinished uploads there are: files on the disk, or objects in the bucket."""
        files = self.settings.uploads.iterdir() if self.settings.storage == "local" else ()
        return sum(path.stat().st_size for path in files) + sum(found.size for found in self.store.list())

    def end(self, upload_id: str, length: int) -> bytes:
        key = keys.source(upload_id)
        assert self.another().put_in_place(self.store, upload_id, key, length)
        return self.store.read(key)


@pytest.fixture(params=["folder", "bucket"])
def stage(request: pytest.FixtureRequest, tmp_path: Path, database: SessionMaker) -> Stage:
    if request.param == "folder":
        settings = Settings(data=tmp_path / "data", keep_free_bytes=0)
    else:
        s3: S3 = request.getfixturevalue("s3")
        settings = s3_settings(tmp_path / "data", s3, s3.make_bucket())
    store = open_store(settings)
    staging = open_staging(settings, store, database)
    staging.prepare()
    return Stage(settings, store, database, staging)


# On one machine the kernel holds the locks, and a frozen process keeps its own.
in_a_bucket = pytest.mark.parametrize("stage", ["bucket"], indirect=True)


@pytest.mark.parametrize(
    "cuts",
    [
        pytest.param([], id="in one piece"),
        pytest.param([1], id="a single byte first"),
        pytest.param([PART_BYTES], id="exactly a part"),
        pytest.param([PART_BYTES - 1, PART_BYTES + 1], id="around a part's end"),
        pytest.param([100, 200, 300, PART_BYTES + 7, 2 * PART_BYTES + 12_344], id="many pieces"),
    ],
)
def test_pieces_of_any_size_by_any_process_become_the_film(stage: Stage, cuts: list[int]) -> None:
    upload_id, running = stage.begin(), None
    for start, end in zip([0, *cuts], [*cuts, len(FILM)], strict=True):
        running = stage.add(upload_id, start, FILM[start:end], running)
    assert running is not None
    assert running.sha256.digest() == hashlib.sha256(FILM).digest()
    assert stage.end(upload_id, len(FILM)) == FILM


@pytest.mark.parametrize("size", [0, 10, PART_BYTES, 2 * PART_BYTES])
def test_films_of_any_size_come_whole(stage: Stage, size: int) -> None:
    upload_id = stage.begin()
    stage.add(upload_id, 0, FILM[:size])
    assert stage.end(upload_id, size) == FILM[:size]


def test_what_was_written_and_never_committed_is_written_over(stage: Stage) -> None:
    upload_id = stage.begin()
    stage.add(upload_id, 0, FILM[:100])
    lost = stage.staging.open(upload_id, 100, None, None)
    lost.write([os.urandom(PART_BYTES + 500)])
    lost.sync()
    lost.close()
    stage.add(upload_id, 100, FILM[100:])
    assert stage.end(upload_id, len(FILM)) == FILM


def test_what_is_durable_on_the_way_can_be_gone_on_with(stage: Stage) -> None:
    """A process that is killed in the middle of a request has committed no more than `sync_some` said."""
    upload_id = stage.begin()
    writer = stage.staging.open(upload_id, 0, None, None)
    writer.write([FILM[: PART_BYTES + 500]])
    durable = writer.sync_some()
    assert 0 < durable <= PART_BYTES + 500
    stage.add(upload_id, durable, FILM[durable:])
    assert stage.end(upload_id, len(FILM)) == FILM


def test_bytes_that_vanished_are_missed(stage: Stage) -> None:
    upload_id = stage.begin()
    stage.add(upload_id, 0, FILM[:100])
    stage.staging.discard(upload_id)
    with pytest.raises(UploadBytesLost):
        stage.staging.open(upload_id, 100, None, None)
    stage.staging.create(upload_id)
    with pytest.raises(UploadBytesLost):
        stage.staging.open(upload_id, 100, None, None)
    assert not stage.staging.put_in_place(stage.store, upload_id, keys.source(upload_id), 100)
    stage.add(upload_id, 0, FILM)
    assert stage.end(upload_id, len(FILM)) == FILM


def test_putting_in_place_again_is_fine(stage: Stage) -> None:
    upload_id = stage.begin()
    stage.add(upload_id, 0, FILM)
    assert stage.end(upload_id, len(FILM)) == stage.end(upload_id, len(FILM)) == FILM
    stage.staging.discard(upload_id)
    assert stage.store.read(keys.source(upload_id)) == FILM


def test_nothing_is_left_of_an_upload_that_was_given_up(stage: Stage) -> None:
    upload_id = stage.begin()
    stage.add(upload_id, 0, FILM[: PART_BYTES + 100])
    assert stage.room_taken() > 0
    stage.staging.discard(upload_id)
    assert stage.room_taken() == 0
    if isinstance(stage.store, S3Store):
        assert list(stage.store.multipart.unfinished()) == []


def test_many_small_pieces_leave_little_behind(stage: Stage) -> None:
    upload_id = stage.begin()
    for offset in range(0, 3000, 100):
        stage.add(upload_id, offset, FILM[offset : offset + 100])
    assert 0 < stage.room_taken() < 2 * 3000


def test_a_lock_is_asked_for_and_handed_over(stage: Stage) -> None:
    upload_id, other = stage.begin(), stage.another()
    order: list[str] = []

    def wait_for_it() -> None:
        with other.locked(upload_id, patience_s=10) as held:
            assert held
            order.append("second")

    with stage.staging.locked(upload_id, patience_s=0) as held:
        assert held
        assert not stage.staging.is_wanted(upload_id)
        waiting = threading.Thread(target=wait_for_it)
        waiting.start()
        deadline = time.monotonic() + 10
        while not stage.staging.is_wanted(upload_id) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert stage.staging.is_wanted(upload_id)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_who_is_not_patient_goes_without(stage: Stage) -> None:
    upload_id = stage.begin()
    with stage.staging.locked(upload_id, patience_s=0), stage.another().locked(upload_id, 0.1) as held:
        assert not held


@in_a_bucket
def test_a_holder_that_froze_past_its_lease_commits_nothing(stage: Stage) -> None:
    upload_id, other = stage.begin(), stage.another()
    with stage.staging.locked(upload_id, patience_s=0) as held:
        assert held
        with transaction(stage.sessions) as session:
            stage.staging.check_held(session, upload_id)
            session.execute(update(UploadLock).values(until_ms=0))  # as if it had slept for long
        with other.locked(upload_id, patience_s=0) as taken:
            assert taken
            with transaction(stage.sessions) as session:
                other.check_held(session, upload_id)
                with pytest.raises(UploadTakenOver):
                    stage.staging.check_held(session, upload_id)


@in_a_bucket
def test_who_thaws_late_takes_nothing_from_who_went_on(stage: Stage) -> None:
    upload_id, other = stage.begin(), stage.another()
    late = Places(stage.sessions, stage.store, stage.staging)
    with stage.staging.locked(upload_id, patience_s=0):
        with transaction(stage.sessions) as session:
            session.execute(update(UploadLock).values(until_ms=0))  # as if it had slept for long
        with other.locked(upload_id, patience_s=0):
            stage.add(upload_id, 0, FILM[: PART_BYTES + 100])
            stage.staging.open(upload_id, 0, None, None).close()
            with pytest.raises(UploadTakenOver):
                begin_anew(late, upload_id, 0)
    stage.add(upload_id, PART_BYTES + 100, FILM[PART_BYTES + 100 :])
    assert stage.end(upload_id, len(FILM)) == FILM


def test_locks_are_renewed_although_no_connection_was_free_for_a_while(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id, leases = stage.begin(), Leases(stage.sessions)
    really, asked = leases._look, []

    def too_busy_at_first(held: dict[str, str], renews: bool) -> set[str]:
        asked.append(renews)
        if len(asked) == 1:
            raise NoConnectionFree
        return really(held, renews)

    monkeypatch.setattr(leases, "_look", too_busy_at_first)
    with leases.locked(upload_id, patience_s=0) as held:
        assert held
        until(lambda: any(asked[1:]))


def test_strays_are_removed_after_an_hour_and_uploads_that_go_on_stay(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, stray = stage.begin(), stage.begin()
    for upload_id in (kept, stray):
        stage.add(upload_id, 0, FILM[:100])
    stage.staging.remove_strays({kept})
    stage.add(stray, 100, b"still there")
    later = time.time() + 3700
    monkeypatch.setattr("pennydrop.uploads.staging.folder.time.time", lambda: later)
    monkeypatch.setattr("pennydrop.uploads.staging.bucket.utcnow", lambda: utcnow() + timedelta(seconds=3700))
    stage.staging.remove_strays({kept})
    stage.add(kept, 100, FILM[100:])
    assert stage.end(kept, len(FILM)) == FILM
    with pytest.raises(UploadBytesLost):
        stage.staging.open(stray, 111, None, None)
