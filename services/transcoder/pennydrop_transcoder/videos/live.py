"""Brings what is ready of a chunk to those who watch, while the rest of it is still being made."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from types import TracebackType

from pennydrop.chunks.done import ChunkGone, get_chunk
from pennydrop.chunks.live import INIT, segment
from pennydrop.chunks.models import Chunk, Holds
from pennydrop.jobs.attempt import Attempt, StaleAttempt
from pennydrop.media.chunking import init_name, segment_name
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.material import VideoGone, get_video_row
from pennydrop.videos.progress import become_watchable

log = logging.getLogger("pennydrop.transcoder")

# A viewer waits for the first segment: looking this often costs a look at two files.
_LOOK_EVERY_S = 0.1
# After trouble with the database or the store.
_TROUBLE_S = 2.0


class LiveCopy:
    """While it is entered, segments that ffmpeg finishes in `out` reach the store, in their order.

    With the first one of a film's first chunk the film becomes watchable.
    """

    def __init__(self, attempt: Attempt, store: ObjectStore, chunk: Chunk, out: Path, name: str) -> None:
        """`name` is what the copy is called in `out`."""
        self._attempt = attempt
        self._store = store
        self._chunk = chunk
        self._out = out
        self._name = name
        self._brought = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="live copy", daemon=True)

    def __enter__(self) -> LiveCopy:
        if self._chunk.live:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._chunk.live:
            self._thread.join()
            if kind is None:
                self._bring()

    def _follow(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_S):
            try:
                self._bring()
            except (StaleAttempt, ChunkGone, VideoGone):
                return
            except Exception as error:
                # The next look brings it again; without it the copies are made all the same.
                log.warning("the live copy of %s waits: %s", self._chunk.video_id, error)
                self._ended.wait(_TROUBLE_S)

    def _bring(self) -> None:
        # ffmpeg renames a segment when it is whole.
        while (path := self._out / segment_name(self._name, self._brought)).exists():
            if not self._brought:
                init = self._out / init_name(self._name)
                if not init.exists():
                    return
                self._store.put_bytes(self._key(INIT), init.read_bytes())
            self._store.put_bytes(self._key(segment(self._brought)), path.read_bytes())
            self._brought += 1
            if self._brought == 1:
                self._announce()

    def _announce(self) -> None:
        with self._attempt.under_fence() as session:
            chunk = get_chunk(session, self._chunk.id)
            chunk.live_prefix = self._key("")
            if chunk.holds is Holds.PICTURES and chunk.number == 0:
                video = get_video_row(session, chunk.video_id)
                become_watchable(session, video)

    def _key(self, name: str) -> str:
        return keys.live_of(self._chunk.video_id) + f"{self._attempt.prefix}/{name}"
