"""Connections to PostgreSQL over which nobody waits for ever.

A server that is stopped says so. One that froze, or that a network no longer reaches, says nothing at all:
the kernel waits a quarter of an hour for it, or as long as somebody acknowledges its packets. So each wait
has a limit of our own; the kernel's are for connections on which nobody asks anything just now.
"""

from __future__ import annotations

import time
from typing import Any

import psycopg
from psycopg.waiting import Ready
from sqlalchemy import Engine, event

from pennydrop.door import Door

# To connect and log in. libpq takes no less than 2.
_CONNECT_S = 3
# Outside of a transaction there is only the pool's question whether the connection still lives.
_PING_S = 3.0
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

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        limit = _PING_S if self.autocommit else ANSWER_S
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


def be_impatient(engine: Engine) -> None:
    """Let an engine's connections give up on a server that says nothing, and not all of them try in turn."""
    door = Door(lambda: psycopg.OperationalError("the server didn't answer a moment ago"))

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Any, record: Any, arguments: Any, options: dict[str, Any]) -> Impatient:
        with door.passing(psycopg.OperationalError):
            return Impatient.connect(*arguments, **{"connect_timeout": _CONNECT_S, **_KERNEL, **options})
