"""The end of an upload: the whole file goes to its place, and film and work are on record in one transaction.

Safe to stop anywhere: the source is called after its upload, so whoever comes next finds out how far it got.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.audit.record import record as record_audit
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import PennydropError
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
from pennydrop.people.models import Person
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.uploads.errors import UploadBytesLost, UploadTakenOver
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.uploads.progress import is_whole
from pennydrop.uploads.prove import PROVE, twin_of
from pennydrop.uploads.staging import Staging
from pennydrop.videos.models import Source, Video, VideoState
from pennydrop.videos.progress import INGEST, job_key

log = logging.getLogger("pennydrop.uploads")

# Somebody waits to see her film.
_INGEST_PRIORITY = 10


@dataclass(frozen=True, slots=True)
class Places:
    """Where rows, whole films and unfinished ones are kept."""

    sessions: SessionMaker
    store: ObjectStore
    staging: Staging


def finish(places: Places, upload_id: str, sha256: str | None) -> None:
    """Put a whole upload in its place and let watching begin. Done already, or not whole yet, is fine.

    To be called under the upload's lock. `sha256` is that of the durable bytes where one process saw them all
    go by. Raises `UploadBytesLost` where the file is gone; the upload then begins anew.
    """
    with transaction(places.sessions) as session:
        upload = session.get(Upload, upload_id)
        if upload is None or not is_whole(upload):
            return
        length = upload.offset
    key = keys.source(upload_id)
    if not places.staging.put_in_place(places.store, upload_id, key, length):
        begin_anew(places, upload_id, length)
        raise UploadBytesLost
    with transaction(places.sessions) as session:
        is_needed = _on_record(session, places.store, upload_id, sha256)
    if not is_needed:
        places.store.delete(key)
    places.staging.discard(upload_id)


def begin_anew(places: Places, upload_id: str, offset: int) -> None:
    """Let an upload whose bytes are gone begin at its first byte. To be called under the upload's lock.

    `offset` is how far it was said to be. Raises `UploadTakenOver` where somebody else went on with it.
    """
    with transaction(places.sessions) as session:
        # Held until the new beginning is there: whoever thaws late destroys nothing that others sent.
        places.staging.check_held(session, upload_id)
        upload = session.get_one(Upload, upload_id, with_for_update=True)
        if upload.state is not UploadState.OPEN or upload.offset != offset:
            raise UploadTakenOver
        upload.offset = 0
        places.staging.create(upload_id)


def finish_all(places: Places) -> list[str]:
    """Finish what was whole when an earlier process ended, and return the ids.

    One that can't be finished doesn't keep the others waiting: its next request says what is amiss.
    """
    with transaction(places.sessions) as session:
        whole = session.scalars(
            select(Upload.id).where(Upload.state == UploadState.OPEN, Upload.offset == Upload.length)
        ).all()
    finished = []
    for upload_id in whole:
        with places.staging.locked(upload_id, patience_s=0) as held:
            if not held:
                continue
            try:
                finish(places, upload_id, None)
            except (OSError, PennydropError) as error:
                log.warning("upload %s can't be finished yet: %s", upload_id, error)
            else:
                finished.append(upload_id)
    return finished


def _on_record(session: Session, store: ObjectStore, upload_id: str, sha256: str | None) -> bool:
    """Write everything that follows from a whole film; say whether its object is needed.

    It isn't where the same owner has the same bytes already.
    """
    upload = session.get_one(Upload, upload_id, with_for_update=True)
    if upload.state != UploadState.OPEN:
        return True
    video = session.get_one(Video, upload.video_id)
    source = Source(
        id=upload_id,
        owner_id=upload.owner_id,
        key=keys.source(upload_id),
        size=upload.offset,
        sha256=sha256,
    )
    twin = twin_of(session, store, source)
    if twin is None:
        session.add(source)
        session.flush()
    video.source_id = (twin or source).id
    video.state = VideoState.PROCESSING
    upload.state = UploadState.FINISHED
    upload.reserved = 0
    if sha256 is not None:
        video.proven_at = utcnow()
    _ask_for_work(session, video)
    record_change(session, "video", video.id, video_id=video.id)
    if video.filmed_by_id != video.owner_id:
        filmed_by = Viewer.of(session.get_one(Person, video.filmed_by_id))
        record_audit(
            session,
            filmed_by,
            "video.added",
            owner_id=video.owner_id,
            subject_id=video.id,
            detail=video.title,
        )
    return twin is None


def _ask_for_work(session: Session, video: Video) -> None:
    enqueue(
        session,
        INGEST,
        queue=Queue.INTERACTIVE,
        unique_key=job_key(INGEST, video.id),
        subject_id=video.id,
        payload={"video_id": video.id},
        priority=_INGEST_PRIORITY,
    )
    if video.proven_at is None:
        enqueue(
            session,
            PROVE,
            queue=Queue.BULK,
            unique_key=f"{PROVE}:{video.id}",
            subject_id=video.id,
            payload={"video_id": video.id},
        )
