"""A database and stored films that don't belong together are left alone, both of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pennydrop.care.installation import (
    FilmsNotThere,
    FilmsOfOthers,
    FilmsWithoutDatabase,
    bring_up_to_date,
    demand_together,
    has_films,
    hold_together,
    id_in_store,
    in_words,
)
from pennydrop.care.models import Installation
from pennydrop.care.scrub import Places
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectStore
from tests.care.steps import all_rows, bytes_of
from tests.factories.stored import a_stored_film
from tests.support.servers.s3 import S3


def together(places: Places, store: ObjectStore | None = None) -> str:
    return hold_together(places.sessions.kw["bind"], store or places.store)


@pytest.mark.each_database
def test_no_database_is_made_beside_films_that_are_stored_already(
    places: Places, school: Person, elsewhere: Settings
) -> None:
    before = bytes_of(places.store)
    mistyped = elsewhere.model_copy(update={"data": Path(places.store.place).parent})
    with pytest.raises(FilmsWithoutDatabase, match="pennydrop restore DIR --replace") as refused:
        bring_up_to_date(mistyped)
    assert places.store.place in refused.value.detail
    assert not (elsewhere.data / "empty.sqlite3").exists()
    assert bytes_of(places.store) == before


def test_a_databases_password_is_never_said() -> None:
    assert in_words("postgresql+psycopg://penny:secret@db/films") == "postgresql+psycopg://penny:***@db/films"


@pytest.mark.each_database
def test_a_new_installation_has_an_id_in_both_places(elsewhere: Settings) -> None:
    assert bring_up_to_date(elsewhere) is True
    store = open_store(elsewhere)
    with transaction(make_sessions(make_engine(elsewhere.database))) as session:
        assert session.get_one(Installation, 1).id == id_in_store(store)
    assert not has_films(store)
    assert bring_up_to_date(elsewhere) is False


@pytest.mark.each_database
def test_an_installation_of_an_earlier_version_gets_its_id_with_all_its_films(
    places: Places, school: Person
) -> None:
    before = bytes_of(places.store)
    installation = together(places)
    assert id_in_store(places.store) == installation == together(places)
    assert bytes_of(places.store) == before
    demand_together(places.sessions, places.store)


def test_films_in_a_bucket_have_the_id_too(places: Places, s3: S3, tmp_path: Path) -> None:
    bucket = open_store(Settings(data=tmp_path / "grown", **s3.settings(s3.make_bucket())))
    assert together(places, bucket) == id_in_store(bucket)
    bucket.put_bytes(keys.INSTALLATION, b"another")
    with pytest.raises(FilmsOfOthers, match="the bucket "):
        together(places, bucket)


def test_a_database_of_others_is_refused_whether_it_has_an_id_or_not(
    places: Places, school: Person, elsewhere: Settings
) -> None:
    together(places)
    bring_up_to_date(elsewhere)
    others = make_sessions(make_engine(elsewhere.database))
    for _ in range(2):
        with pytest.raises(FilmsOfOthers):
            hold_together(others.kw["bind"], places.store)
        with pytest.raises(FilmsOfOthers):
            demand_together(others, places.store)
        with transaction(others) as session:
            session.query(Installation).delete()
    places.store.delete(keys.INSTALLATION)
    with pytest.raises(FilmsOfOthers):
        hold_together(others.kw["bind"], places.store)
    assert id_in_store(places.store) is None


def test_films_whose_disk_is_not_mounted_are_missed(
    places: Places, school: Person, tmp_path: Path, noise: random.Random
) -> None:
    together(places)
    nothing = open_store(Settings(data=tmp_path / "not mounted"))
    before = all_rows(places.sessions)
    with pytest.raises(FilmsNotThere):
        together(places, nothing)
    assert all_rows(places.sessions) == before
    assert list(nothing.list()) == []
    # Whoever copies the films, but not what the store says of itself, has them all the same.
    for key, data in bytes_of(places.store).items():
        nothing.put_bytes(key, data)
    a_stored_film(nothing, noise=noise)
    assert together(places, nothing) == together(places)


@pytest.mark.each_database
def test_a_database_put_back_from_a_time_without_id_keeps_the_stores(places: Places, school: Person) -> None:
    installation = together(places)
    with transaction(places.sessions) as session:
        session.query(Installation).delete()
    assert together(places) == installation
