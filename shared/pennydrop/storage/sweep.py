"""Removing what no row refers to any more: output of attempts that lost, films that were deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pennydrop.chunks.models import Chunk
from pennydrop.clips.models import Clip, ClipOriginal
from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import Conflict
from pennydrop.jobs.models import Job, JobState
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.videos.models import Rendition, RenditionName, Source, Video

SWEEP = "storage.sweep"
# An attempt publishes its rows soon after its objects; an hour is generous.
GRACE = timedelta(hours=1)
_AT_ONCE = 500
# What attempts leave behind is a few files; more than that, and more than this share, is no leftover.
_FEW = 20
_SHARE = 0.2

One = TypeVar("One")
Row = TypeVar("Row")


def forget(store: ObjectStore, exact: Iterable[str], prefixes: Iterable[str] = ()) -> int:
    """Remove objects by key and by prefix; missing ones are fine. Return how many had one of the prefixes."""
    for key in exact:
        store.delete(key)
    return sum(store.delete_prefix(prefix) for prefix in prefixes)


class SweepStopped(Conflict):
    # Looking again finds the same; the next sweep does so in an hour.
    final = True

    def __init__(self, unneeded: int, stored: int) -> None:
        super().__init__(
            f"{unneeded:,} of {stored:,} stored files are nobody's, which is more than tidying removes by "
            f"itself: nothing was removed. Is it the right database? If those files really may go, type: "
            f"pennydrop sweep --all"
        )


def is_too_much(unneeded: int, stored: int) -> bool:
    """Whether so much is nobody's that it is rather the database that is wrong."""
    return unneeded > max(_FEW, _SHARE * stored)


def sweep(
    store: ObjectStore, sessions: SessionMaker, *, grace: timedelta = GRACE, however_much: bool = False
) -> int:
    """Remove objects that have been there for `grace` and that nothing refers to; return how many.

    Raises `SweepStopped`, and removes nothing, where it is too much; not so with `however_much`.
    """
    oldest = utcnow() - grace
    stored, unneeded = 0, list[str]()
    for batch in _batches(store.list()):
        stored += len(batch)
        unneeded += _unneeded(sessions, [found.key for found in batch if found.modified_at < oldest])
    if is_too_much(len(unneeded), stored) and not however_much:
        raise SweepStopped(len(unneeded), stored)
    removed = 0
    for some in _batches(iter(unneeded)):
        # The list may have taken long.
        for key in _unneeded(sessions, some):
            store.delete(key)
            removed += 1
    return removed


def _unneeded(sessions: SessionMaker, among: list[str]) -> list[str]:
    if not among:
        return []
    with transaction(sessions) as session:
        needed = Needed(session, among)
        return [key for key in among if not needed.has(key)]


class Needed:
    """The keys that rows refer to, as they are now: all of them, or as far as some keys are concerned."""

    def __init__(self, session: Session, among: Collection[str] | None = None) -> None:
        # Keys name what they belong to, so that rows are found by their ids however many others there are.
        ids = None if among is None else {part for key in among for part in key.split("/")[1:2]}

        def of(query: Select[Row], column: Any, wanted: Collection[str] | None = ids) -> Select[Row]:
            return query if wanted is None else query.where(column.in_(wanted))

        # Asked first: whatever ends meanwhile has its row by the time that rows are asked for.
        going_on = set(session.scalars(select(Upload.id).where(Upload.state == UploadState.OPEN)))
        running = session.scalars(select(Job).where(Job.state == JobState.RUNNING))
        self._attempts = {f"{job.id}-{job.fence}" for job in running}
        self._exact = set(session.scalars(of(select(Source.key), Source.key, among)))
        self._exact |= {key for key in session.scalars(of(select(Clip.file_key), Clip.id)) if key}
        originals = of(select(ClipOriginal.key), ClipOriginal.clip_id)
        self._exact |= {key for key in session.scalars(originals) if key}
        # The source of a whole upload may lie in its place a moment before its row does.
        self._exact |= {keys.source(upload_id) for upload_id in going_on}
        # Segments of a playlist lie beside the object that the row names.
        growing = of(select(Video.live_key).where(Video.live_key.is_not(None)), Video.id)
        self._folders = {keys.folder(key) for key in session.scalars(growing) if key}
        self._folders |= {keys.tails_of(upload_id) for upload_id in going_on}
        chunks = of(select(Chunk.live_prefix, Chunk.pieces), Chunk.video_id)
        for prefix, pieces in session.execute(chunks):
            self._folders |= {prefix} if prefix else set()
            self._exact |= {piece["key"] for piece in pieces or ()}
        made = of(select(Rendition.key, Rendition.name, Rendition.beside), Rendition.video_id)
        for key, name, beside in session.execute(made):
            self._exact.add(key)
            self._exact |= {keys.folder(key) + one["name"] for one in beside or ()}
            if name is RenditionName.STORYBOARD and beside is None:
                # An earlier version didn't note its sheets.
                self._folders.add(keys.folder(key))

    def has(self, key: str) -> bool:
        parts = key.removesuffix(".mp4").split("/")
        return (
            key in self._exact
            or keys.is_note(key)
            or keys.folder(key) in self._folders
            or any(part in self._attempts for part in parts)
        )


def _batches(found: Iterator[One]) -> Iterator[list[One]]:
    while batch := list(islice(found, _AT_ONCE)):
        yield batch
