"""Whoever looks after Pennydrop sees whether backups are made and what is stored is read."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from pennydrop.care.backup.vault import Vault
from pennydrop.care.models import BackupTaken, ScrubMark
from pennydrop.care.scrub import Places, scrub
from pennydrop.care.standing import Standing, standing
from pennydrop.clock import utcnow
from pennydrop.db.session import transaction
from pennydrop.people.models import Person
from tests.care.steps import take
from tests.cli.conftest import Typed, typed  # noqa: F401 - a fixture
from tests.factories.stored import a_stored_film


def now(places: Places) -> Standing:
    with transaction(places.sessions) as session:
        return standing(session)


def backed_up(places: Places, *, days_ago: int, whole: bool = True, same_disk: bool = False) -> None:
    with transaction(places.sessions) as session:
        at = utcnow() - timedelta(days=days_ago)
        session.add(BackupTaken(at=at, name="b", whole=whole, files=1, bytes=1, same_disk=same_disk))


def test_nothing_was_ever_done_at_first(places: Places) -> None:
    assert now(places) == Standing(None, False, False, None, 0)


@pytest.mark.each_database
def test_a_whole_backup_counts_and_one_that_lacks_files_does_not(
    places: Places, vault: Vault, noise: random.Random
) -> None:
    film = a_stored_film(places.store, noise=noise)
    places.store.delete(film.source)
    take(places, vault)
    assert (now(places).backup_age, now(places).latest_is_whole) == (None, False)
    backed_up(places, days_ago=9)
    seen = now(places)
    assert (seen.backup_age and seen.backup_age.days, seen.is_late, seen.latest_is_whole) == (9, True, False)


def test_a_backup_that_was_taken_is_seen_at_once(places: Places, school: Person, vault: Vault) -> None:
    take(places, vault)
    seen = now(places)
    assert seen.backup_age is not None
    assert (seen.backup_age < timedelta(minutes=5), seen.is_late, seen.latest_is_whole) == (True, False, True)


def test_faults_are_seen_from_the_first_until_a_whole_pass_finds_none(
    places: Places, noise: random.Random
) -> None:
    film = a_stored_film(places.store, noise=noise)
    whole = places.store.read(film.source)
    places.store.put_bytes(film.source, b"?" * len(whole))
    # So little time that each of these reads one row's files.
    scrub(places, limit_s=0)
    assert now(places).scrub_faults == 1
    scrub(places, limit_s=0)
    assert now(places).scrub_faults == 1
    assert now(places).scrub_age is None
    assert scrub(places).reached_the_end
    assert now(places).scrub_faults == 1
    places.store.put_bytes(film.source, whole)
    scrub(places)
    assert (now(places).scrub_faults, now(places).scrub_age is not None) == (0, True)


def test_the_doctor_tells(
    places: Places,
    typed: Typed,  # noqa: F811 - the fixture
) -> None:
    assert "--  backup      no whole one was ever taken. Type: pennydrop backup DIR" in typed("doctor").out
    backed_up(places, days_ago=9)
    assert "!!  backup      the last whole one was taken 9 days ago" in typed("doctor").out
    backed_up(places, days_ago=0)
    assert "ok  backup      the last whole one was taken within the last day" in typed("doctor").out
    backed_up(places, days_ago=0, whole=False, same_disk=True)
    said = typed("doctor").out
    assert "--  backup      the last whole one was taken within the last day; a later one lacks files" in said
    assert "--  backup      lies on the films' own disk" in said
    with transaction(places.sessions) as session:
        session.add(ScrubMark(id=1, whole_at=utcnow(), faults=0, faults_before=2))
    assert "!!  scrub       2 files found damaged or missing. Type: pennydrop scrub" in typed("doctor").out
