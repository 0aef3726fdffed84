"""Ending uploads to which nothing came for a week, and clearing away what nobody can go on with."""

from __future__ import annotations

from sqlalchemy import or_, select

from pennydrop.clock import utcnow
from pennydrop.db.session import transaction
from pennydrop.uploads.finish import Places, finish_all
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.uploads.progress import end


def expire_uploads(places: Places) -> int:
    """End what has expired, finish what is whole, remove stray files; return how many uploads ended."""
    finish_all(places)
    with transaction(places.sessions) as session:
        expired = session.scalars(
            select(Upload.id)
            .where(Upload.state == UploadState.OPEN, Upload.expires_at <= utcnow())
            .where(or_(Upload.length.is_(None), Upload.offset != Upload.length))
        ).all()
    ended = sum(_end(places, upload_id) for upload_id in expired)
    _remove_strays(places)
    return ended


def _end(places: Places, upload_id: str) -> bool:
    with places.staging.locked(upload_id, patience_s=0) as held:
        if not held:
            return False
        with transaction(places.sessions) as session:
            upload = session.get(Upload, upload_id)
            # Bytes may have come between our looking and our holding the lock.
            if upload is None or upload.state != UploadState.OPEN or upload.expires_at > utcnow():
                return False
            end(session, upload, UploadState.EXPIRED)
        places.staging.discard(upload_id)
        return True


def _remove_strays(places: Places) -> None:
    with transaction(places.sessions) as session:
        going_on = set(session.scalars(select(Upload.id).where(Upload.state == UploadState.OPEN)))
    places.staging.remove_strays(going_on)
