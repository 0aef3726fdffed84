"""A fresh database for each test that wants one, and one whole Pennydrop for those that need it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pennydrop.db.session import SessionMaker, make_engine, make_sessions
from pennydrop.settings import Settings
from tests.factories import world
from tests.factories.films import a_phone_film
from tests.support.databases import Databases, PostgresqlDatabases, SqliteFiles
from tests.support.house import House, running_house
from tests.support.servers.postgresql import PostgreSQL, a_postgresql
from tests.support.servers.s3 import S3, an_s3
from tests.support.servers.seaweedfs import a_seaweedfs

_DATABASES = ("sqlite", "postgresql")
_S3_SERVERS = {"ceph": an_s3, "seaweedfs": a_seaweedfs}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=_DATABASES,
        help="run every test on this one; otherwise on SQLite, and those marked each_database on both",
    )
    parser.addoption(
        "--s3",
        choices=tuple(_S3_SERVERS),
        default="ceph",
        help="run tests of buckets on this server; seaweedfs is the one of deploy/compose.yaml",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = metafunc.config.getoption("--database")
    marked = metafunc.definition.get_closest_marker("each_database")
    only = metafunc.definition.get_closest_marker("on_database")
    if only is not None:
        metafunc.parametrize("databases", only.args, indirect=True)
        return
    if "databases" in metafunc.fixturenames and marked and not chosen:
        metafunc.parametrize("databases", _DATABASES, indirect=True)


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A server of the tests' own, started by the first that needs one."""
    with a_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_databases(postgresql: PostgreSQL) -> PostgresqlDatabases:
    return PostgresqlDatabases(postgresql)


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    kind = getattr(request, "param", None) or request.config.getoption("--database") or "sqlite"
    found: Databases = request.getfixturevalue(
        {"sqlite": "sqlite_files", "postgresql": "postgresql_databases"}[kind]
    )
    return found


@pytest.fixture(scope="session")
def s3(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    a_server = _S3_SERVERS[request.config.getoption("--s3")]
    with a_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def settings(tmp_path: Path, databases: Databases) -> Iterator[Settings]:
    """Settings of an installation in a folder of the test's own, with a fresh database."""
    data = tmp_path / "data"
    with databases.one(data) as url:
        yield Settings(data=data, database_url=url, keep_free_bytes=0)


@pytest.fixture
def database(settings: Settings) -> Iterator[SessionMaker]:
    """Sessions on a fresh database; the factories write to it."""
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
