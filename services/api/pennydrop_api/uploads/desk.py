"""Who may write to which upload now: one request at a time, and the newest takes over."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pennydrop.db.session import SessionMaker
from pennydrop.uploads.errors import UploadBusy, UploadMovesOn, UploadTakenOver
from pennydrop.uploads.finish import Places
from pennydrop.uploads.staging import RunningHash
from pennydrop_api.uploads.reception import Pace, Reception

# Hashes of uploads that nobody goes on with are forgotten, oldest first; their films are proven by reading.
_MOST_HASHES = 1000
# Who asks how far an upload is waits through at most so many looks at whether bytes still come.
_LOOKS = 5


@dataclass(frozen=True, slots=True)
class Patience:
    """How long requests for one upload wait for each other, in seconds."""

    to_let_go: float = 20.0
    """Until whoever holds an upload has written what arrived, or moved the whole film to its place."""
    to_look_alive: float = 0.2
    """A request over which nothing comes for so long, when somebody asks, is taken for dead."""


@dataclass(eq=False, slots=True)
class Hold:
    """One request's hold on an upload."""

    arrived: float
    reception: Reception | None = None
    stopped: bool = False
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def received(self) -> int | None:
        """How many bytes have come, None where the request isn't taking any yet."""
        return self.reception.received if self.reception else None

    def stop(self) -> None:
        """Ask the request to let go. A film that is being put in its place is put there first."""
        self.stopped = True
        if self.reception is not None:
            self.reception.stop()


class Desk:
    """This process's uploads under way."""

    def __init__(self, places: Places, readers: SessionMaker) -> None:
        self.places = places
        self.readers = readers
        self.patience = Patience()
        self.pace = Pace()
        self.closing = False
        self._holds: dict[str, Hold] = {}
        self._hashes: OrderedDict[str, RunningHash] = OrderedDict()

    @asynccontextmanager
    async def hold(self, upload_id: str, arrived: float) -> AsyncIterator[Hold]:
        """Hold an upload for a request that came at `arrived`, a monotonic time.

        It is taken over from whoever holds it, here or in another process. Raises `UploadTakenOver` when that
        one came later, `UploadBusy` when it doesn't let go in time, `UploadMovesOn` when this process stops.
        """
        while (other := self._holds.get(upload_id)) is not None:
            if other.arrived > arrived:
                raise UploadTakenOver
            other.stop()
            await self._wait_for(other)
        if self.closing:
            raise UploadMovesOn
        hold = self._holds[upload_id] = Hold(arrived)
        lock = self.places.staging.locked(upload_id, self.patience.to_let_go)
        try:
            held = await asyncio.to_thread(lock.__enter__)
            try:
                if not held:
                    raise UploadBusy
                yield hold
            finally:
                await asyncio.to_thread(lock.__exit__, None, None, None)
        finally:
            del self._holds[upload_id]
            hold.released.set()

    def stop(self, upload_id: str) -> None:
        """Ask whoever holds an upload here to let go."""
        if (hold := self._holds.get(upload_id)) is not None:
            hold.stop()

    async def close(self, within_s: float) -> None:
        """Let go of every upload, and wait until what arrived of them is kept: others go on with them."""
        self.closing = True
        holds = list(self._holds.values())
        for hold in holds:
            hold.stop()
        if holds:
            await asyncio.wait(
                [asyncio.create_task(hold.released.wait()) for hold in holds], timeout=within_s
            )

    async def settle(self, upload_id: str) -> None:
        """Let what has arrived of an upload be counted before somebody is told how much it is.

        A request over which bytes still come goes on; one that hangs is ended, for its client is back.
        """
        hold = self._holds.get(upload_id)
        if hold is None:
            return
        for _ in range(_LOOKS):
            before = hold.received
            if await _is_set_within(hold.released, self.patience.to_look_alive):
                return
            if before is not None and hold.received == before:
                hold.stop()
                await self._wait_for(hold)
                return

    def running_hash(self, upload_id: str) -> RunningHash | None:
        return self._hashes.get(upload_id)

    def keep_hash(self, upload_id: str, running: RunningHash | None) -> None:
        """Remember how far an upload is hashed, for the request that goes on with it; None forgets."""
        self._hashes.pop(upload_id, None)
        if running is not None:
            self._hashes[upload_id] = running
            while len(self._hashes) > _MOST_HASHES:
                self._hashes.popitem(last=False)

    async def _wait_for(self, hold: Hold) -> None:
        if not await _is_set_within(hold.released, self.patience.to_let_go):
            raise UploadBusy


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
