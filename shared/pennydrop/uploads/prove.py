"""The proof that a film is safe: the sha256 of the bytes as they are stored, read back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.jobs.models import Job, JobState
from pennydrop.storage.later import forget_later
from pennydrop.storage.port import ObjectMissing, ObjectStore
from pennydrop.videos.models import Source, Video

PROVE = "video.prove"
_PIECE = 1 << 20
# Whoever reads the double just now has finished with it, or looks the film up again, within this time.
_FORGET_LATER_MS = 15 * 60 * 1000


class ProofImpossible(OSError):
    """The stored bytes can't be read whole just now: the job that asked tries again."""


def read_sha256(store: ObjectStore, source: Source, on_progress: Callable[[int], None]) -> str:
    """Read a source back and return its sha256 in hex; `on_progress` hears percents.

    Raises `ProofImpossible` or `ObjectMissing` when the bytes aren't all there.
    """
    digest = hashlib.sha256()
    done = 0
    for piece in store.stream(source.key, 0, source.size, _PIECE):
        digest.update(piece)
        done += len(piece)
        on_progress(100 * done // source.size)
    if done != source.size or store.size(source.key) != source.size:
        raise ProofImpossible(f"{source.key} has {done} bytes where {source.size} came")
    return digest.hexdigest()


def twin_of(session: Session, store: ObjectStore, source: Source) -> Source | None:
    """Return another source in which the same owner keeps the same bytes, if they are really there."""
    if source.sha256 is None:
        return None
    twins = session.scalars(
        select(Source)
        .where(Source.owner_id == source.owner_id, Source.sha256 == source.sha256)
        .where(Source.size == source.size, Source.id != source.id)
        .order_by(Source.id)
        .with_for_update()
    )
    return next((twin for twin in twins if _is_there(store, twin)), None)


def _is_there(store: ObjectStore, source: Source) -> bool:
    try:
        return store.size(source.key) == source.size
    except ObjectMissing:
        return False


def keep_proof(session: Session, store: ObjectStore, source_id: str, sha256: str) -> None:
    """Note the sha256 of a source and prove its films; where the owner had these bytes, keep them once.

    Films of the double are pointed to the first source. What was made from the double stays valid: the bytes
    are the same.
    """
    source = session.get(Source, source_id)
    if source is None:
        return
    videos = session.scalars(select(Video).where(Video.source_id == source_id)).all()
    source.sha256 = sha256
    twin = twin_of(session, store, source)
    for video in videos:
        video.proven_at = video.proven_at or utcnow()
        if twin is not None:
            video.source_id = twin.id
        record_change(session, "video", video.id, video_id=video.id)
    session.flush()
    if twin is not None:
        session.delete(source)
        session.flush()
        _forget(session, source, in_use=_is_worked_on(session, [video.id for video in videos]))


def _is_worked_on(session: Session, video_ids: list[str]) -> bool:
    running = select(Job.id).where(
        Job.subject_id.in_(video_ids), Job.kind != PROVE, Job.state == JobState.RUNNING
    )
    return session.scalar(running.limit(1)) is not None


def _forget(session: Session, source: Source, *, in_use: bool) -> None:
    delay_ms = _FORGET_LATER_MS if in_use else 0
    forget_later(session, f"source:{source.id}", keys=[source.key], delay_ms=delay_ms)
