"""Noting who watches, when bytes of a film are asked for: once for each sitting, after the answer.

Who is kept for the film's owner; that somebody began is counted for the figures. Any part of a film counts,
wherever it begins: nobody sees a film without its owner being able to know.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from threading import Lock

from fastapi import BackgroundTasks, Request
from sqlalchemy.exc import SQLAlchemyError

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.trouble import said
from pennydrop.errors import NotFound
from pennydrop.videos.delivery import Stored
from pennydrop.videos.own_watch import ONE_WATCHING
from pennydrop.videos.watch import note_watch
from pennydrop_api.health.metrics import Traffic

log = logging.getLogger("pennydrop.api")

_MOST_REMEMBERED = 5000


class Watchings:
    """One process's memory of what was asked for lately: a film is fetched in hundreds of requests."""

    def __init__(self, writers: SessionMaker, traffic: Traffic) -> None:
        self._writers = writers
        self._traffic = traffic
        self._asked: OrderedDict[tuple[str, str], float] = OrderedDict()
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
        subject = clip_id or stored.video_id
        if request.method != "GET" or not self._begins(viewer.person_id, subject):
            return
        self._traffic.begin_watching("clip" if clip_id else "film")
        if stored.owner_id != viewer.person_id:
            after_answer.add_task(self._write, viewer, stored.video_id, clip_id)

    def _begins(self, person_id: str, subject_id: str) -> bool:
        """Whether nothing of it was asked for lately. A film is fetched for as long as it is watched."""
        now = time.monotonic()
        with self._lock:
            asked_at = self._asked.get((person_id, subject_id))
            self._asked[(person_id, subject_id)] = now
            self._asked.move_to_end((person_id, subject_id))
            if len(self._asked) > _MOST_REMEMBERED:
                self._asked.popitem(last=False)
        return asked_at is None or now - asked_at >= ONE_WATCHING.total_seconds()

    def _forget(self, person_id: str, subject_id: str) -> None:
        with self._lock:
            self._asked.pop((person_id, subject_id), None)

    def _write(self, viewer: Viewer, video_id: str, clip_id: str | None) -> None:
        try:
            with transaction(self._writers) as session:
                note_watch(session, viewer, video_id=video_id, clip_id=clip_id)
        except NotFound:
            return  # deleted, or taken back, while the first bytes were on their way
        except SQLAlchemyError as error:
            log.error("a watching is noted with the next bytes that are asked for: %s", said(error))
            self._forget(viewer.person_id, clip_id or video_id)
