"""Removing what no row refers to any more: output of attempts that lost, films that were deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.clips.models import Clip, ClipOriginal
from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs.models import Job, JobState
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.videos.models import Rendition, RenditionName, Source, Video

# An attempt publishes its rows soon after its objects; an hour is generous.
GRACE = timedelta(hours=1)
_AT_ONCE = 500


def forget(store: ObjectStore, exact: Iterable[str], prefixes: Iterable[str] = ()) -> int:
    """Remove objects by key and by prefix; missing ones are fine. Return how many had one of the prefixes."""
    for key in exact:
        store.delete(key)
    return sum(store.delete_prefix(prefix) for prefix in prefixes)


def sweep(store: ObjectStore, sessions: SessionMaker, *, grace: timedelta = GRACE) -> int:
    """Remove objects that have been there for `grace` and that nothing refers to; return how many."""
    oldest = utcnow() - grace
    removed = 0
    aged = (found.key for found in store.list() if found.modified_at < oldest)
    for batch in _batches(aged):
        with transaction(sessions) as session:
            needed = Needed(session)
            unneeded = [key for key in batch if not needed.has(key)]
        for key in unneeded:
            store.delete(key)
        removed += len(unneeded)
    return removed


class Needed:
    """The keys that rows refer to, as they are now."""

    def __init__(self, session: Session) -> None:
        self._exact = set(session.scalars(select(Source.key)))
        self._exact |= {key for key in session.scalars(select(Clip.file_key)) if key}
        self._exact |= {key for key in session.scalars(select(ClipOriginal.key)) if key}
        # The source of a whole upload may lie in its place a moment before its row does.
        going_on = set(session.scalars(select(Upload.id).where(Upload.state == UploadState.OPEN)))
        self._exact |= {keys.source(upload_id) for upload_id in going_on}
        # Segments of a playlist lie beside the object that the row names.
        growing = session.scalars(select(Video.live_key).where(Video.live_key.is_not(None)))
        self._folders = {keys.folder(key) for key in growing if key}
        self._folders |= {keys.tails_of(upload_id) for upload_id in going_on}
        made = session.execute(select(Rendition.key, Rendition.name, Rendition.beside))
        for key, name, beside in made:
            self._exact.add(key)
            self._exact |= {keys.folder(key) + one["name"] for one in beside or ()}
            if name is RenditionName.STORYBOARD and beside is None:
                # An earlier version didn't note its sheets.
                self._folders.add(keys.folder(key))
        running = session.scalars(select(Job).where(Job.state == JobState.RUNNING))
        self._attempts = {f"{job.id}-{job.fence}" for job in running}

    def has(self, key: str) -> bool:
        parts = key.removesuffix(".mp4").split("/")
        return (
            key in self._exact
            or key.startswith(keys.ERASURES)
            or keys.folder(key) in self._folders
            or any(part in self._attempts for part in parts)
        )


def _batches(found: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(found, _AT_ONCE)):
        yield batch
