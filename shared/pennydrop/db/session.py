"""Engines and sessions: one transaction for one unit of work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

SessionMaker = sessionmaker[Session]

# Nobody thinks that long in the middle of a transaction: whoever says nothing for so long is frozen or cut
# off, and would keep its locks for as long as its connection is there.
_SILENT_MS = 30_000
# A writer waits this long for another writer before it gives up. Transactions here take milliseconds.
SQLITE_BUSY_MS = 15_000
# Whoever finds no connection free in this time hears it, rather than the end of her patience.
_CONNECTION_FREE_S = 5.0


def make_engine(url: str, *, patient: bool = False) -> Engine:
    """Open a database by its SQLAlchemy URL. Nothing is made or asked before the first question.

    On PostgreSQL a process that freezes in the middle of a transaction loses it, and its locks, after 30 s;
    and we give up on a server that says nothing for some seconds. `patient` asks for neither, for what takes
    long: migrations, and backups and restores, whose transaction is silent while films are copied.

    SQLite runs in WAL with `synchronous=FULL` (a commit survives a power cut), foreign keys on, and every
    transaction that writes begins IMMEDIATE by way of `write_session`, so that two writers queue up instead
    of failing half-way.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(
            parsed,
            pool_size=20,
            max_overflow=10,
            pool_timeout=_CONNECTION_FREE_S,
            connect_args={"options": _postgresql_options(parsed, silent_ms=0 if patient else _SILENT_MS)},
        )
        # The driver isn't loaded where SQLite does.
        from pennydrop.db.postgresql import be_impatient, listen_before_use

        listen_before_use(engine)
        if not patient:
            be_impatient(engine)
        return engine
    engine = create_engine(
        parsed, connect_args={"timeout": SQLITE_BUSY_MS / 1000, "check_same_thread": False}, pool_size=20
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        # The driver's own BEGINs come too late and are always DEFERRED: transactions begin below instead.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={SQLITE_BUSY_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql_options(url: URL, *, silent_ms: int) -> str:
    """Return the server settings for each connection; those that the URL brings come last and count."""
    asked = url.query.get("options", "")
    # Without JIT: compiling a query takes a quarter of a second, and ours are done in milliseconds.
    return f"-c jit=off -c idle_in_transaction_session_timeout={silent_ms} {asked}".strip()


def make_sessions(engine: Engine) -> SessionMaker:
    """Return the maker of sessions that write: on SQLite they take the write lock when they begin."""
    return sessionmaker(engine.execution_options(writes=True), expire_on_commit=False)


def make_readers(engine: Engine) -> SessionMaker:
    """Return the maker of sessions that only read and so never wait for a writer.

    On PostgreSQL each question stands alone, which saves two messages: there, a transaction of questions
    would see what others commit between them all the same.
    """
    if engine.dialect.name != "sqlite":
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def transaction(sessions: SessionMaker) -> Iterator[Session]:
    """Run one transaction: committed at the end of the block, rolled back when it raises."""
    with sessions() as session, session.begin():
        yield session
