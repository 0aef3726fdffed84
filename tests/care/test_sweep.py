"""Tidying removes leftovers, and stops where it is rather the database that is wrong."""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest

from pennydrop.care.installation import hold_together
from pennydrop.care.scrub import Places
from pennydrop.jobs.models import JobState
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.sweep import SWEEP, SweepStopped, sweep
from pennydrop_worker.storage.tidy import sweep_objects
from tests.care.steps import bytes_of
from tests.cli.conftest import Typed, typed  # noqa: F401 - a fixture
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
