"""Databases for tests, with every table and no row: SQLite files, or databases of one private PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import NullPool

from pennydrop.db.session import make_engine
from pennydrop.db.tables import Base
from pennydrop.library.search.tables import INDEX
from tests.support.servers.postgresql import PostgreSQL


class Databases(Protocol):
    """Where tests get their databases from."""

    def one(self, data: Path) -> AbstractContextManager[str]:
        """Lend a database to the installation in the folder `data`; gives its `PENNYDROP_DATABASE_URL`."""

    def empty(self, folder: Path) -> str:
        """Make a database without any table and return its URL."""

    def save(self, engine: Engine) -> Callable[[], None]:
        """Remember every row as it is now; what is returned brings them back."""


class SqliteFiles:
    """Copies of one empty file, which is quicker than making the tables."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "pennydrop.sqlite3"
        engine = make_engine(f"sqlite:///{self._template}")
        Base.metadata.create_all(engine)
        _write_out(engine)
        engine.dispose()

    @contextmanager
    def one(self, data: Path) -> Iterator[str]:
        data.mkdir(parents=True, exist_ok=True)
        shutil.copy(self._template, data / self._template.name)
        yield ""

    def empty(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'empty.sqlite3'}"

    def save(self, engine: Engine) -> Callable[[], None]:
        file = Path(str(engine.url.database))
        saved = file.with_name(f"saved-{file.name}")
        _write_out(engine)
        engine.dispose()
        shutil.copy(file, saved)

        def bring_back() -> None:
            for left in file.parent.glob(f"{file.name}-*"):
                left.unlink()
            shutil.copy(saved, file)

        return bring_back


class PostgresqlDatabases:
    """Databases of one server: emptied after use and lent again, as making one takes a tenth of a second."""

    def __init__(self, server: PostgreSQL) -> None:
        self._server = server
        self._numbers = count(1)
        self._free: list[str] = []
        engine = _engine(server.create("template"))
        Base.metadata.create_all(engine)
        engine.dispose()

    @contextmanager
    def one(self, data: Path) -> Iterator[str]:
        data.mkdir(parents=True, exist_ok=True)
        if not self._free:
            self._free.append(self._server.create(f"test{next(self._numbers)}", template="template"))
        url = self._free.pop()
        yield url
        with _engine(url).begin() as connection:
            _run(connection, 'DELETE FROM "{name}"')
        self._free.append(url)

    def empty(self, folder: Path) -> str:
        return self._server.create(f"empty{next(self._numbers)}")

    def save(self, engine: Engine) -> Callable[[], None]:
        with _engine(engine.url).begin() as connection:
            connection.exec_driver_sql("CREATE SCHEMA saved")
            _run(connection, 'CREATE TABLE saved."{name}" AS TABLE public."{name}"')

        def bring_back() -> None:
            with _engine(engine.url).begin() as connection:
                _run(connection, 'DELETE FROM "{name}"')
                _run(connection, 'INSERT INTO "{name}" SELECT * FROM saved."{name}"')

        return bring_back


def _engine(url: str | URL) -> Engine:
    return create_engine(url, poolclass=NullPool)


def _run(connection: Connection, statement: str) -> None:
    """Run a statement for every table, in whatever order: no key is checked meanwhile."""
    names = [INDEX, *(table.name for table in Base.metadata.sorted_tables)]
    connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    connection.exec_driver_sql("; ".join(statement.format(name=name) for name in names))


def _write_out(engine: Engine) -> None:
    """Put everything into the one file, so that it can be copied."""
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
