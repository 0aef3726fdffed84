"""A fresh database for each test that wants one, and one whole Pennydrop for those that need it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pennydrop.db.session import SessionMaker, make_engine, make_sessions
from pennydrop.db.tables import Base
from pennydrop.settings import Settings
from tests.factories import world
from tests.factories.films import a_phone_film
from tests.support.house import House, running_house


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row: tests copy it, which is quicker than making the tables."""
    path = tmp_path_factory.mktemp("template") / "pennydrop.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation in a folder of the test's own."""
    return Settings(data=tmp_path / "data", keep_free_bytes=0)


@pytest.fixture
def database(settings: Settings, empty_database: Path) -> Iterator[SessionMaker]:
    """Sessions on a fresh database; the factories write to it."""
    settings.data.mkdir(parents=True, exist_ok=True)
    shutil.copy(empty_database, settings.data / "pennydrop.sqlite3")
    engine = make_engine(settings.database)
    sessions = make_sessions(engine)
    with world.writing_to(sessions):
        yield sessions
    engine.dispose()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running_house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture(scope="session")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A phone's film whose every frame says its number."""
    return a_phone_film(tmp_path_factory.mktemp("lesson") / "lesson.mp4", seconds=24.0, width=640, height=360)


@pytest.fixture(scope="session")
def watched(house: House, lesson: Path) -> str:
    """A lesson of the teaching assistant's that is ready; returns its id."""
    with house.as_("ta") as ta:
        video = house.send(ta, lesson, "Guided reading")
        assert house.wait_for(ta, video, "ready")["state"] == "ready"
    return video
