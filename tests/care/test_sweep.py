"""Tidying removes leftovers, and stops where it is rather the database that is wrong."""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from pennydrop.care.installation import hold_together
from pennydrop.care.scrub import Places
from pennydrop.clock import utcnow
from pennydrop.db.session import transaction
from pennydrop.jobs.models import JobState
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.sweep import SWEEP, SweepStopped, sweep
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.videos.models import Source
from pennydrop_worker.storage.tidy import sweep_objects
from tests.care.steps import bytes_of
from tests.cli.conftest import Typed, typed  # noqa: F401 - a fixture
from tests.factories import a_person
from tests.factories.stored import a_stored_film
from tests.jobs.workshop import a_kind, open_workshop

AT_ONCE = timedelta(seconds=-1)


def leave(places: Places, count: int) -> list[str]:
    """Leave objects behind that nothing refers to."""
    left = [keys.source(f"leftover-{number}") for number in range(count)]
    for key in left:
        places.store.put_bytes(key, b"x")
    return left


def test_a_few_leftovers_go_however_few_films_there_are(places: Places) -> None:
    leave(places, 20)
    assert sweep(places.store, places.sessions, grace=AT_ONCE) == 20


def test_much_of_what_is_stored_is_removed_only_when_told(places: Places, noise: random.Random) -> None:
    film = a_stored_film(places.store, noise=noise)
    leave(places, 21)
    before = bytes_of(places.store)
    with pytest.raises(SweepStopped, match=f"21 of {len(before)} stored files"):
        sweep(places.store, places.sessions, grace=AT_ONCE)
    assert bytes_of(places.store) == before
    assert sweep(places.store, places.sessions, grace=AT_ONCE, however_much=True) == 21
    assert set(bytes_of(places.store)) == set(film.keys)


def test_what_the_store_says_of_itself_stays(places: Places) -> None:
    places.store.put_bytes(keys.INSTALLATION, b"x")
    places.store.put_bytes(keys.erasure("1-video-2"), b"")
    assert sweep(places.store, places.sessions, grace=AT_ONCE) == 0


# SQLite has one writer: nothing ends while the sweep asks.
@pytest.mark.on_database("postgresql")
def test_a_film_that_arrives_while_the_sweep_asks_for_rows_stays(places: Places) -> None:
    person = a_person()
    with transaction(places.sessions) as session:
        until = utcnow() + timedelta(days=7)
        upload = Upload(person_id=person.id, owner_id=person.id, expires_at=until, length=4, offset=4)
        session.add(upload)
    places.store.put_bytes(keys.source(upload.id), b"film")
    asked = []

    def arrive(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        if "FROM sources" in statement and not asked:
            asked.append(statement)
            with transaction(places.sessions) as session:
                session.add(Source(id=upload.id, owner_id=person.id, key=keys.source(upload.id), size=4))
                session.get_one(Upload, upload.id).state = UploadState.FINISHED

    event.listen(places.sessions.kw["bind"].engine, "after_cursor_execute", arrive)
    assert sweep(places.store, places.sessions, grace=AT_ONCE) == 0
    assert len(asked) == 1
    assert places.store.read(keys.source(upload.id)) == b"film"


@pytest.mark.parametrize("whose", [b"", b"others"])
def test_the_hourly_sweep_removes_nothing_from_films_of_others(
    places: Places, settings: Settings, whose: bytes
) -> None:
    hold_together(places.sessions.kw["bind"], places.store)
    places.store.put_bytes(keys.INSTALLATION, whose)
    left = leave(places, 3)
    with open_workshop(settings, places.sessions, [a_kind(sweep_objects, SWEEP)]) as workshop:
        failed = workshop.wait_for(workshop.add(SWEEP), JobState.FAILED)
    assert (failed.error_code, failed.attempt) == ("films_of_others", 1)
    assert set(bytes_of(places.store)) == set(left)


def test_the_hourly_sweep_that_stopped_is_told_by_the_doctor(
    places: Places,
    settings: Settings,
    typed: Typed,  # noqa: F811 - the fixture
) -> None:
    hold_together(places.sessions.kw["bind"], places.store)
    leave(places, 21)
    for path in settings.objects.rglob("leftover*"):
        os.utime(path, (0, 0))
    with open_workshop(settings, places.sessions, [a_kind(sweep_objects, SWEEP)]) as workshop:
        failed = workshop.wait_for(workshop.add(SWEEP), JobState.FAILED)
    assert (failed.error_code, failed.attempt) == ("sweep_stopped", 1)
    said = typed("doctor").out
    assert "ok  films       belong to the database" in said
    assert "!!  tidying     21 of 22 stored files are nobody's" in said
    assert "type: pennydrop sweep --all" in said
