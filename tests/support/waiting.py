"""Two who want the same row at the same moment: on PostgreSQL, where they really do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from pennydrop.db.session import SessionMaker, transaction

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
_PATIENCE_S = 10.0


@contextmanager
def somebody_else(sessions: SessionMaker) -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """Let somebody else begin what she is told; that returns once she waits for the rows we hold."""
    with ThreadPoolExecutor(1) as other:

        def begins(do: Callable[[], Any]) -> Future[Any]:
            doing = other.submit(do)
            _until_she_waits(sessions, doing)
            return doing

        yield begins


def _until_she_waits(sessions: SessionMaker, doing: Future[Any]) -> None:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and not doing.done():
        with transaction(sessions) as session:
            if session.scalar(_WAITING):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waited for what this transaction holds")
