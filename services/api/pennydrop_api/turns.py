"""Whose turn it is: requests work one after the other, and beside each other only where one takes long."""

from __future__ import annotations

import asyncio
from asyncio import AbstractEventLoop, Future, TimerHandle
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pennydrop.errors import Unavailable

# Where one works at a time and keeps up, nobody waits any more for a moment at least once in …
KEEPS_UP_WITHIN_S = 0.4
# How long it is two or three before fewer are tried again.
FOR_A_WHILE_S = 30.0


class Busy(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "Pennydrop has more to do than it can just now. Nothing you saved is lost; "
            "please try again in a moment."
        )


class _Turn:
    """One request's, from when it came."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self.came = self.begun = loop.time()
        self.begins: Future[None] = loop.create_future()


class Turns:
    """Lets the requests of one process work, those that came first at first.

    Python computes for one of them at a time. Two at once would interrupt each other at every question to the
    database, and take longer than one after the other. So one works alone, and the next begins after it. It
    begins beside it when it has waited for `alone_s`, or the other has worked for so long: one request may
    take its time. Where somebody waits all the time, as with a database that is far away, two work side by
    side for a while, or three. More than `most` never do.
    """

    def __init__(self, *, most: int, alone_s: float, patience_s: float) -> None:
        """Who waits for longer than `patience_s` gives up."""
        self._most, self._alone_s, self._patience_s = most, alone_s, patience_s
        self._at_work: list[_Turn] = []
        self._waiting: deque[_Turn] = deque()
        self._timer: TimerHandle | None = None
        self.width = Width(most)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a turn, which costs nothing, and keep it for the block. Raises `Busy`."""
        turn = _Turn(asyncio.get_running_loop())
        self._waiting.append(turn)
        try:
            self._let_begin()
            await self._begin_of(turn)
            yield
        finally:
            (self._at_work if turn in self._at_work else self._waiting).remove(turn)
            self._let_begin()

    async def _begin_of(self, turn: _Turn) -> None:
        if turn.begins.done():
            return
        try:
            async with asyncio.timeout(self._patience_s):
                await turn.begins
        except TimeoutError:
            raise Busy from None

    def _let_begin(self) -> None:
        """Let those begin who may, and look again when the next one may."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._waiting and len(self._at_work) < self._most:
            alone_until = self._alone_until(self._waiting[0])
            if now < alone_until:
                self._timer = loop.call_at(alone_until, self._let_begin)
                break
            turn = self._waiting.popleft()
            turn.begun = now
            self._at_work.append(turn)
            if not turn.begins.done():  # given up just now, and about to leave
                turn.begins.set_result(None)
        self.width.look(now, somebody_waits=bool(self._waiting))

    def _alone_until(self, first: _Turn) -> float:
        """Until when those at work are left alone by the first who waits."""
        if len(self._at_work) < self.width.now:
            return 0.0
        return min(first.came, self._at_work[-1].begun) + self._alone_s


class Width:
    """How many work side by side as a rule: one, and more for a while where one doesn't keep up."""

    def __init__(self, most: int) -> None:
        self.now = 1
        self._most = most
        self._queue_since: float | None = None
        self._changed_at = 0.0

    def look(self, now: float, *, somebody_waits: bool) -> None:
        if not somebody_waits:
            self._queue_since = None
        elif self._queue_since is None:
            self._queue_since = now
        elif now - self._queue_since > KEEPS_UP_WITHIN_S and self.now < self._most:
            self._change(now, 1)
        if self.now > 1 and now - self._changed_at > FOR_A_WHILE_S:
            self._change(now, -1)

    def _change(self, now: float, by: int) -> None:
        self.now += by
        self._changed_at, self._queue_since = now, None
