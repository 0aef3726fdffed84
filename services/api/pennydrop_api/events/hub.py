"""One reader of the feed of changes for all who listen, and only while somebody does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from starlette.concurrency import run_in_threadpool

from pennydrop.changes import feed
from pennydrop.changes.audience import Audience, audiences
from pennydrop.changes.models import Change
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.trouble import is_away, said
from pennydrop.people.authenticate import still_valid

log = logging.getLogger("pennydrop.api.events")

POLL_S = 0.5
# How long somebody may still be told that she is connected when she has logged out elsewhere. What happens is
# told to nobody who isn't logged in at that moment.
LOOK_S = 15.0
# What waits for a listener who doesn't take it. Behind that she is let go: she comes back by herself with the
# number of the last event she had, and reads on from the table.
WAITING = 50
# Between two looks into a database that doesn't answer.
_AWAY_S = 2.0
# PostgreSQL may commit a lower number after a higher one, so the last few numbers are looked at again.
_OVERLAP = 100

Batch = Sequence[Change]


class Listener:
    """What one connection still has to look at. `None` in the queue says that it is over."""

    def __init__(self, person_id: str, secret_hash: str) -> None:
        self.person_id = person_id
        self.secret_hash = secret_hash
        self.batches: asyncio.Queue[Batch | None] = asyncio.Queue(WAITING + 1)
        self.lost = False

    def tell(self, batch: Batch | None) -> None:
        if self.lost:
            return
        if batch is None or self.batches.qsize() >= WAITING:
            self.lost = True
            batch = None
        self.batches.put_nowait(batch)


class Hub:
    """Lives on the event loop; the database is asked in a thread."""

    def __init__(self, readers: SessionMaker) -> None:
        self._readers = readers
        self._listeners: set[Listener] = set()
        self._poller: asyncio.Task[None] | None = None
        self._closed = False

    @contextmanager
    def listening(self, person_id: str, secret_hash: str) -> Iterator[Listener]:
        """Hear every change recorded from now on that may concern a person, while the block runs.

        It is over once the cookie or token with this fingerprint no longer lets anybody in.
        """
        listener = Listener(person_id, secret_hash)
        if self._closed:
            listener.tell(None)
        self._listeners.add(listener)
        if self._poller is None:
            self._poller = asyncio.create_task(self._poll())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners and self._poller is not None:
                self._poller.cancel()
                self._poller = None

    def close(self) -> None:
        """End every connection, so that the server can stop at once."""
        self._closed = True
        for listener in self._listeners:
            listener.tell(None)

    async def _poll(self) -> None:
        position: int | None = None
        told: set[int] = set()
        next_look = time.monotonic() + LOOK_S
        while True:
            try:
                if time.monotonic() > next_look:
                    await self._let_go_who_logged_out()
                    next_look = time.monotonic() + LOOK_S
                if position is None:
                    position = await run_in_threadpool(self._newest)
                    told = set(range(position - _OVERLAP, position + 1))
                await asyncio.sleep(POLL_S)
                found = await run_in_threadpool(self._since, position - _OVERLAP, frozenset(told))
            except Exception as error:
                # Listeners lose nothing: they come back with the number of their last event, and fetch what
                # they couldn't get meanwhile.
                log.error("can't read the feed of changes: %s", said(error), exc_info=not is_away(error))
                for listener in self._listeners:
                    listener.tell(None)
                await asyncio.sleep(_AWAY_S)
                continue
            batch = list(found)
            if not batch:
                continue
            position = max(position, batch[-1].id)
            told = {number for number in told if number > position - _OVERLAP}
            told.update(change.id for change in batch)
            # Most changes are between two people: with hundreds listening, nobody else looks at them.
            for listener in self._listeners:
                concerning = [change for change in batch if _may_concern(listener, found[change])]
                if concerning:
                    listener.tell(concerning)

    async def _let_go_who_logged_out(self) -> None:
        """One question for all, rather than one of each at every heartbeat."""
        hashes = {listener.secret_hash for listener in self._listeners}
        valid = await run_in_threadpool(self._valid, hashes)
        for listener in self._listeners:
            # Who came meanwhile wasn't asked about.
            if listener.secret_hash in hashes - valid:
                listener.tell(None)

    def _valid(self, hashes: set[str]) -> set[str]:
        with transaction(self._readers) as session:
            return still_valid(session, hashes)

    def _newest(self) -> int:
        with transaction(self._readers) as session:
            return feed.newest(session)

    def _since(self, after: int, told: frozenset[int]) -> dict[Change, Audience]:
        """Return what is new behind a number, apart from what was told, with whom it may concern."""
        with transaction(self._readers) as session:
            batch = [change for change in feed.since(session, after) if change.id not in told]
            return dict(zip(batch, audiences(session, batch), strict=True)) if batch else {}


def _may_concern(listener: Listener, audience: Audience) -> bool:
    return audience is None or listener.person_id in audience
