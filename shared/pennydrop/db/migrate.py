"""Bringing a database's tables up to date. Revisions are numbered; the highest number is the newest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from pennydrop import process
from pennydrop.db.session import make_engine
from pennydrop.db.trouble import DatabaseDamaged, is_damaged
from pennydrop.errors import Conflict, NotFound, Unavailable

MIGRATIONS = Path(__file__).with_name("migrations")

# Two machines that start at once take turns: any number, as long as it is always the same.
_TURN = 7_366_391


class DatabaseUnreachable(Unavailable):
    def __init__(self, why: str) -> None:
        super().__init__(f"The database doesn't answer: {why}. Please check PENNYDROP_DATABASE_URL.")


class DatabaseFileUnusable(Unavailable):
    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            f"The database {file} can't be used by {process.user()}: {why}. Please see that the folder "
            f"{file.parent} is there and may be written, that its disk has room, and that PENNYDROP_DATA and "
            "PENNYDROP_DATABASE_URL are right."
        )


class NoPennydropHere(NotFound):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no Pennydrop in {folder}. Is PENNYDROP_DATA set? "
            "To begin a new one type: pennydrop up (or pennydrop migrate)"
        )


class DatabaseEmpty(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "There is no Pennydrop in this database. Is PENNYDROP_DATABASE_URL right? "
            "To begin a new one type: pennydrop migrate"
        )


class DatabaseNewer(Conflict):
    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database was made by a newer Pennydrop (revision {revision}). Please update this one."
        )


class DatabaseNotUpToDate(Conflict):
    def __init__(self) -> None:
        super().__init__("The database's tables aren't those of this version. Type first: pennydrop migrate")


def newest() -> str:
    """Return the newest revision this version knows."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current(connection: Connection) -> str | None:
    """Return the revision the database is at, or None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def sqlite_file(url: str) -> Path | None:
    """Return where SQLite keeps this database; None for other databases and for one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database).absolute()


def demand(url: str) -> None:
    """Make sure that SQLite's file is there: who opens one that isn't makes it. Raises `NoPennydropHere`."""
    file = sqlite_file(url)
    if file is not None and not file.is_file():
        raise NoPennydropHere(file.parent)


def is_empty(url: str) -> bool:
    """Whether no table of ours is there yet. SQLite's file isn't made by asking.

    Raises `DatabaseDamaged` and what `unreachable` returns.
    """
    file = sqlite_file(url)
    return (file is not None and not file.exists()) or _revision(url) is None


def check(url: str) -> None:
    """Make sure that the database is there and its tables are this version's.

    Raises `NoPennydropHere`, `DatabaseEmpty`, `DatabaseNotUpToDate`, `DatabaseDamaged` and what `unreachable`
    returns.
    """
    demand(url)
    revision = _revision(url)
    if revision is None:
        raise DatabaseEmpty
    if revision != newest():
        raise DatabaseNotUpToDate


def _revision(url: str) -> str | None:
    with _opened(url) as engine, engine.connect() as connection:
        return current(connection)


@contextmanager
def _opened(url: str, *, patient: bool = False) -> Iterator[Engine]:
    engine = make_engine(url, patient=patient)
    try:
        yield engine
    except DatabaseError as error:
        if is_damaged(error):
            raise DatabaseDamaged(str(engine.url.database)) from error
        if isinstance(error, OperationalError):
            raise unreachable(url, error) from error
        raise
    finally:
        engine.dispose()


def upgrade(url: str) -> bool:
    """Bring the database at `url` up to date, made where there is none, and say whether anything was to do.

    A file's folder has to be there. Raises `DatabaseNewer`, `DatabaseDamaged` and what `unreachable` returns.
    """
    with _opened(url, patient=True) as engine:
        return _upgrade(engine)


def unreachable(url: str, error: OperationalError) -> DatabaseUnreachable | DatabaseFileUnusable:
    """Return what it means that a database couldn't be opened: a file has a folder to look at."""
    why = str(error.orig).strip().splitlines()[0]
    file = sqlite_file(url)
    return DatabaseUnreachable(why) if file is None else DatabaseFileUnusable(file, why)


def _upgrade(engine: Engine) -> bool:
    with engine.connect() as connection:
        before = current(connection)
    if before == newest():
        return False
    if before is not None and before > newest():
        raise DatabaseNewer(before)
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        bring_to(connection, newest())
        fill(connection)
    return True


def bring_to(connection: Connection, revision: str) -> None:
    """Bring tables to `revision`, in the transaction that goes on."""
    # Alembic takes a third of a second to load: not for nothing.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def fill(connection: Connection) -> None:
    """Make what follows from other rows: an index that a revision brought is empty, words are listed anew."""
    from pennydrop.db import tables  # noqa: F401 - every table is known before the first query
    from pennydrop.library.search.index import index_missing, renew_words

    with Session(connection) as session:
        index_missing(session)
        renew_words(session)
        session.flush()
