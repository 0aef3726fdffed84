"""Connections to PostgreSQL over which nobody waits for ever.

A server that is stopped says so. One that froze, or that a network no longer reaches, says nothing at all:
the kernel waits a quarter of an hour for it, or as long as somebody acknowledges its packets. So each wait
has a limit of our own; the kernel's are for connections on which nobody asks anything just now.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.waiting import Ready
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

from pennydrop.door import Door

# To connect and log in. libpq takes no less than 2.
_CONNECT_S = 3
# For the question whether a connection still lives, which is asked when it was silent for a while.
_PING_S = 3.0
_SILENT_S = 2.0
# Our slowest queries take tenths of a second to their first row. What takes long because it is much goes on.
ANSWER_S = 10.0
_KERNEL = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class Impatient(psycopg.Connection[Any]):
    """A connection that breaks itself off when the server says nothing for too long."""

    limit_s: float | None = None
    """How long to wait for an answer instead of `ANSWER_S`."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        limit = self.limit_s or ANSWER_S
        try:
            return super().wait(_while_something_comes(gen, limit), interval)
        except _Silence:
            # What the server may still answer belongs to no question any more.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the server said nothing for {limit:.0f} s") from None


class _Silence(Exception):
    """Nothing came for too long."""


def _while_something_comes(gen: Any, limit: float) -> Any:
    """Hand on what the driver waits for. Raises `_Silence` once nothing has come for `limit` seconds."""
    heard_at = time.monotonic()
    try:
        waits_for = next(gen)
    except StopIteration as end:
        return end.value
    while True:
        ready = yield waits_for
        if ready != Ready.NONE:
            heard_at = time.monotonic()
        elif time.monotonic() - heard_at > limit:
            raise _Silence
        try:
            waits_for = gen.send(ready)
        except StopIteration as end:
            return end.value


def listen_before_use(engine: Engine) -> None:
    """Ask each connection that was silent for some seconds whether it still lives, before it is used.

    The pool's own way asks before every use, which takes as long as a short question.
    """

    @event.listens_for(engine, "checkin")
    def _heard(connection: Any, record: Any) -> None:
        record.info["heard_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: Any, fairy: Any) -> None:
        heard_at = record.info.get("heard_at")
        if heard_at is None or time.monotonic() - heard_at < _SILENT_S:
            return
        try:
            with _hurrying(connection):
                engine.dialect.do_ping(connection)
        except psycopg.Error:
            # The others are as old: all are made anew.
            raise InvalidatePoolError from None


@contextmanager
def _hurrying(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Expect answers sooner than usual, where a connection expects any."""
    if not isinstance(connection, Impatient):
        yield
        return
    connection.limit_s = _PING_S
    try:
        yield
    finally:
        connection.limit_s = None


def be_impatient(engine: Engine) -> None:
    """Let an engine's connections give up on a server that says nothing, and not all of them try in turn."""
    door = Door(lambda: psycopg.OperationalError("the server didn't answer a moment ago"))

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, record: Any, arguments: Any, options: dict[str, Any]) -> Impatient:
        with door.passing(psycopg.OperationalError):
            return Impatient.connect(*arguments, **{"connect_timeout": _CONNECT_S, **_KERNEL, **options})
