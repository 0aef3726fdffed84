"""Noting who watches, when the first bytes of a film are asked for: once in a while, after the answer.

Who is kept for the film's owner; that somebody began is counted for the figures.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from fastapi import BackgroundTasks, Request

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import NotFound
from pennydrop.videos.delivery import Stored
from pennydrop.videos.own_watch import ONE_WATCHING
from pennydrop.videos.watch import note_watch
from pennydrop_api.health.metrics import Traffic

_MOST_REMEMBERED = 5000


class Watchings:
    """One process's memory of what it noted lately: a film is fetched in hundreds of requests."""

    def __init__(self, writers: SessionMaker, traffic: Traffic) -> None:
        self._writers = writers
        self._traffic = traffic
        self._noted: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = Lock()

    def note(
        self,
        request: Request,
        after_answer: BackgroundTasks,
        viewer: Viewer,
        stored: Stored,
        clip_id: str | None = None,
    ) -> None:
        """Count it if this request begins a watching; by somebody but the owner, note it after the answer."""
        begins = request.headers.get("Range", "bytes=0-").replace(" ", "").startswith("bytes=0-")
        if (
            request.method != "GET"
            or not begins
            or not self._is_due(viewer.person_id, clip_id or stored.video_id)
        ):
            return
        self._traffic.begin_watching("clip" if clip_id else "film")
        if stored.owner_id != viewer.person_id:
            after_answer.add_task(self._write, viewer, stored.video_id, clip_id)

    def _is_due(self, person_id: str, subject_id: str) -> bool:
        now = time.monotonic()
        with self._lock:
            noted_at = self._noted.get((person_id, subject_id))
            if noted_at is not None and now - noted_at < ONE_WATCHING.total_seconds():
                return False
            self._noted[(person_id, subject_id)] = now
            self._noted.move_to_end((person_id, subject_id))
            if len(self._noted) > _MOST_REMEMBERED:
                self._noted.popitem(last=False)
        return True

    def _write(self, viewer: Viewer, video_id: str, clip_id: str | None) -> None:
        try:
            with transaction(self._writers) as session:
                note_watch(session, viewer, video_id=video_id, clip_id=clip_id)
        except NotFound:
            return  # deleted, or taken back, while the first bytes were on their way
