"""A question to PostgreSQL may take as long as something comes, and no longer."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from pennydrop.db import postgresql as impatience
from pennydrop.db.session import make_engine, make_readers, make_sessions
from tests.support.servers.postgresql import PostgreSQL


@pytest.fixture(autouse=True)
def _hardly_any_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(impatience, "ANSWER_S", 0.5)


def test_a_long_answer_that_keeps_coming_is_heard_to_its_end(postgresql: PostgreSQL) -> None:
    rows = "SELECT repeat(n::text, 20000), pg_sleep(0.1) FROM generate_series(1, 20) AS n"
    with make_engine(postgresql.url("postgres")).connect() as connection:
        began = time.monotonic()
        assert len(connection.execute(text(rows)).all()) == 20
    assert time.monotonic() - began > 4 * impatience.ANSWER_S


def test_a_silent_server_is_given_up_and_asked_anew(postgresql: PostgreSQL) -> None:
    engine = make_engine(postgresql.url("postgres"))
    with engine.connect() as connection, pytest.raises(OperationalError, match="said nothing"):
        connection.execute(text("SELECT pg_sleep(30)"))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_who_asks_patiently_waits(postgresql: PostgreSQL) -> None:
    with make_engine(postgresql.url("postgres"), patient=True).connect() as connection:
        connection.execute(text("SELECT pg_sleep(1)"))


def test_only_a_connection_that_was_silent_is_asked_whether_it_lives(
    postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(postgresql.url("postgres"))
    monkeypatch.setattr(impatience, "_SILENT_S", 600.0)
    asked: list[object] = []
    ping = engine.dialect.do_ping
    monkeypatch.setattr(engine.dialect, "do_ping", lambda one: asked.append(one) or ping(one))

    def use() -> int:
        with engine.connect() as connection:
            return int(connection.scalar(text("SELECT pg_backend_pid()")) or 0)

    first = use()
    assert (use(), asked) == (first, [])
    monkeypatch.setattr(impatience, "_SILENT_S", 0.0)
    assert use() == first
    assert len(asked) == 1
    with make_engine(postgresql.url("postgres")).connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first})
    assert use() != first


def test_who_only_reads_leaves_no_transaction_open(postgresql: PostgreSQL) -> None:
    engine = make_engine(postgresql.url("postgres"))
    states = text("SELECT state FROM pg_stat_activity WHERE pid = :pid")
    # A transaction would see the same states all the time.
    with make_readers(make_engine(postgresql.url("postgres")))() as beside:
        for sessions, state in (
            (make_readers(engine), "idle"),
            (make_sessions(engine), "idle in transaction"),
        ):
            with sessions() as session:
                pid = session.scalar(text("SELECT pg_backend_pid()"))
                assert beside.scalar(states, {"pid": pid}) == state
