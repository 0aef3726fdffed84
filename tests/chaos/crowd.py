"""People who go on with what they do while something is away: some send films, some look around."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

import httpx
from sqlalchemy.exc import DBAPIError

from tests.chaos.losses import open_jobs
from tests.chaos.sender import Sent, mark_and_clip, send
from tests.chaos.shelf import Shelf
from tests.chaos.witness import Witness
from tests.support.house import House

_LOOKS_EVERY_S = 0.5
_MOST_OPEN = 6
_PAGES = ("/api/v1/me", "/api/v1/videos", "/api/v1/meetings", "/readyz")


class Crowd:
    """While it is entered, `senders` people send film after film to all houses in turn; one looks at each.

    `sent` is what was acknowledged. Leaving waits for the films that are on their way.
    """

    def __init__(self, houses: Sequence[House], shelf: Shelf, *, senders: int, pause_s: float) -> None:
        self.sent: list[Sent] = []
        self.witness = Witness()
        self.up_since: dict[str, float] = {}
        """For each house since when everything there answers, by the monotonic clock."""
        self._houses = [self.witness.of(house) for house in houses]
        self._shelf = shelf
        self._senders = senders
        self._pause_s = pause_s
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(senders + len(houses))
        self._work: list[Future[None]] = []

    def __enter__(self) -> Crowd:
        # While nothing is away yet: tokens are made in the database itself.
        for house in self._houses:
            house.as_("ta").close()
        self._work = [self._pool.submit(self._send, number) for number in range(self._senders)]
        self._work += [self._pool.submit(self._look_around, house) for house in self._houses]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._pool.shutdown()
        if error is None:
            for work in self._work:
                work.result()

    def _send(self, number: int) -> None:
        while not self._over.is_set():
            if self._is_too_much():
                self._over.wait(_LOOKS_EVERY_S)
                continue
            with self._lock:
                film = self._shelf.film()
            house = self._houses[number % len(self._houses)]
            sent = send(house, "ta", film, film.stem)
            mark_and_clip(house, "ta", sent)
            film.unlink()
            self.sent.append(sent)
            self._over.wait(self._pause_s)
            number += 1

    def _is_too_much(self) -> bool:
        """Whether more is waiting already than this machine gets done: what is late by that tells nothing."""
        try:
            return len(open_jobs(self._houses[0].settings)) > _MOST_OPEN
        except DBAPIError:
            return False  # the database is away: just the time to send something

    def _look_around(self, house: House) -> None:
        with house.as_("ta") as client:
            while not self._over.wait(_LOOKS_EVERY_S):
                try:
                    well = [client.get(page).status_code == 200 for page in _PAGES]
                except httpx.TransportError:
                    well = [False]
                if not all(well):
                    self.up_since.pop(house.url, None)
                else:
                    self.up_since.setdefault(house.url, time.monotonic())
