"""Waiting for a part of a film that is being made at this moment."""

from __future__ import annotations

import asyncio
import time

from fastapi.concurrency import run_in_threadpool

from pennydrop.access.viewer import Viewer
from pennydrop.chunks.live import Growing, NotMadeYet, find_live, want
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.storage.port import ObjectMissing, ObjectStore

# Players give a request some ten seconds before they ask again.
HOLD_S = 8.0
_LOOK_EVERY_S = 0.2


class GrowingCopies:
    """Finds files of copies that are being made, and has those made first that somebody waits for."""

    def __init__(self, readers: SessionMaker, writers: SessionMaker, store: ObjectStore) -> None:
        self._readers = readers
        self._writers = writers
        self._store = store

    async def wait_for(self, viewer: Viewer, video_id: str, file: str) -> Growing:
        """Return the file as soon as it is there. Raises `NotFound`, and `NotMadeYet` after a while.

        Neither a thread nor a connection to the database is held meanwhile.
        """
        until = time.monotonic() + HOLD_S
        wanted = False
        while True:
            try:
                return await run_in_threadpool(self._look, viewer, video_id, file)
            except NotMadeYet as coming:
                if not wanted:
                    await run_in_threadpool(self._want, coming.chunk_id)
                    wanted = True
                if time.monotonic() > until:
                    raise
            await asyncio.sleep(_LOOK_EVERY_S)

    def _look(self, viewer: Viewer, video_id: str, file: str) -> Growing:
        with transaction(self._readers) as session:
            found = find_live(session, viewer, video_id, file)
        if found.chunk_id is not None:
            try:
                self._store.size(found.key)
            except ObjectMissing:
                raise NotMadeYet(found.chunk_id) from None
        return found

    def _want(self, chunk_id: str) -> None:
        with transaction(self._writers) as session:
            want(session, chunk_id)
