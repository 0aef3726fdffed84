"""The bytes of one request on their way from the socket to the disk, in a memory that never grows.

While one batch is written by one thread and hashed by another, the next one gathers. Twice a second what was
written is made durable and its offset committed, beside the stream and not in its way.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from pennydrop.db.trouble import is_full
from pennydrop.uploads.staging import PartWriter

# Large enough that handing a batch to the threads costs nothing beside writing it; two of them are in memory.
_BATCH = 1 << 20
# A network that outruns the disk and the hash for so long, in seconds all in all, isn't a phone's: it is let
# go on, and the film's sha256 is read back afterwards.
_HELD_UP_S = 0.25


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things are looked after while bytes come, in seconds."""

    look: float = 0.25
    commit: float = 1.0
    stalled: float = 120.0
    """A phone in a tunnel; whoever comes back takes the upload over long before this."""


class Reception:
    """Takes the bytes of one request. `received` counts what has come, `committed` what can't be lost."""

    def __init__(
        self,
        writer: PartWriter,
        *,
        at_most: int,
        commit: Callable[[int], None],
        is_wanted: Callable[[], bool],
        commits_on_the_way: bool,
        pace: Pace,
    ) -> None:
        """`commit` notes an offset in the database; `is_wanted` says that another process asks for it."""
        self.received = 0
        self.committed = writer.offset
        self.counted_on = writer.offset
        """What the database may count on: it may have taken a commit whose answer never came."""
        self.stalled = False
        self.overflowed = False
        self._writer = writer
        self._at_most = at_most
        self._tell = commit
        self._is_wanted = is_wanted
        self._commits_on_the_way = commits_on_the_way
        self._batch: list[bytes] = []
        self._batched = 0
        self._held_up = 0.0
        # One thread each, so that batches keep their order.
        self._writes = ThreadPoolExecutor(1, thread_name_prefix="upload-write")
        self._hashes = ThreadPoolExecutor(1, thread_name_prefix="upload-hash")
        self._working: asyncio.Future[tuple[int, None]] | None = None
        self._taking: asyncio.Task[bool] | None = None
        self.stopped = False
        self._over = asyncio.Event()
        self._pace = pace

    def stop(self) -> None:
        """Take nothing more; what has arrived is written."""
        self.stopped = True
        if self._taking is not None:
            self._taking.cancel()

    async def run(self, stream: AsyncIterator[bytes]) -> bool:
        """Take everything and write it; say whether the request came whole. Call `settle` after it.

        False where the client went away, stalled, sent too much or was stopped. Raises `OSError` from
        writing and what `commit` raises.
        """
        if self.stopped:
            return False
        self._taking = asyncio.create_task(self._take(stream))
        watching = asyncio.create_task(self._watch())
        await asyncio.wait({self._taking})
        self._over.set()
        await asyncio.wait({watching})
        for task in (watching, self._taking):
            if not task.cancelled() and (error := task.exception()) is not None:
                raise error
        await self._write_out()
        return not self._taking.cancelled() and self._taking.result()

    def settle(self) -> None:
        """Make all that was written durable and commit it. Blocks: for a thread."""
        self._writer.sync()
        self._commit(self._writer.offset)

    def close(self) -> None:
        """Let go of file and threads. Blocks until the last write ended."""
        self._writes.shutdown()
        self._hashes.shutdown()
        self._writer.close()

    async def _take(self, stream: AsyncIterator[bytes]) -> bool:
        try:
            async for piece in stream:
                self.received += len(piece)
                if self.received > self._at_most:
                    self.overflowed = True
                    return False
                self._batch.append(piece)
                self._batched += len(piece)
                if self._batched >= _BATCH:
                    await self._hand_over()
        except ClientDisconnect:
            return False
        return True

    async def _hand_over(self) -> None:
        """Give the batch to the threads once they are done with the one before."""
        begun = time.perf_counter()
        await self._work_done()
        self._held_up += time.perf_counter() - begun
        if self._held_up > _HELD_UP_S:
            self._writer.prove_later()
        self._submit()

    def _submit(self) -> None:
        batch, self._batch, self._batched = self._batch, [], 0
        loop = asyncio.get_running_loop()
        self._working = asyncio.gather(
            loop.run_in_executor(self._writes, self._writer.write, batch),
            loop.run_in_executor(self._hashes, self._writer.count, batch),
        )

    async def _work_done(self) -> int:
        """Wait for the threads and return the offset that is written then."""
        # The stream and the watch beside it both come here: what one waits for isn't what the other begins.
        working = self._working
        if working is None:
            return self.committed
        # `wait` rather than `await`: stopping must not cancel a write half-way.
        await asyncio.wait({working})
        return working.result()[0]

    async def _write_out(self) -> int:
        """Wait until all that has come is written, and return the offset then."""
        if self._batch:
            self._submit()
        return await self._work_done()

    async def _watch(self) -> None:
        """Beside the stream: commit, notice a client that stalls, and somebody else's wish to go on."""
        try:
            await self._keep_watch()
        except BaseException:
            self.stop()
            raise

    async def _keep_watch(self) -> None:
        seen, seen_at = self.received, time.monotonic()
        committed_at = seen_at
        while not await self._is_over_within(self._pace.look):
            now = time.monotonic()
            if self.received != seen:
                seen, seen_at = self.received, now
            self.stalled = now - seen_at > self._pace.stalled
            if self.stalled or self._is_wanted():
                self.stop()
                return
            if self._commits_on_the_way and now - committed_at >= self._pace.commit:
                await self._commit_on_the_way()
                committed_at = time.monotonic()

    async def _is_over_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._over.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _commit_on_the_way(self) -> None:
        await self._write_out()
        offset = await asyncio.to_thread(self._writer.sync_some)
        if offset > self.committed:
            await asyncio.to_thread(self._commit, offset)

    def _commit(self, offset: int) -> None:
        before, self.counted_on = self.counted_on, offset
        try:
            self._tell(offset)
        except Exception as error:
            if not isinstance(error, SQLAlchemyError) or is_full(error):
                self.counted_on = before
            raise
        self.committed = offset
