"""Proving that films are safe, and ending uploads that nobody goes on with."""

from __future__ import annotations

from pennydrop.db.session import transaction
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.uploads.expire import expire_uploads
from pennydrop.uploads.finish import Places
from pennydrop.uploads.prove import keep_proof, read_sha256
from pennydrop.uploads.staging import open_staging
from pennydrop.videos.material import VideoGone, get_video_row
from pennydrop.videos.models import Source


def prove(attempt: Attempt, parts: WorkerParts) -> None:
    """Read a film's stored bytes back and note their sha256."""
    with transaction(parts.sessions) as session:
        video = get_video_row(session, attempt.payload["video_id"])
        source = session.get(Source, video.source_id)
    if source is None:
        raise VideoGone
    sha256 = source.sha256 or read_sha256(parts.store, source, attempt.progress)
    with attempt.publish() as session:
        keep_proof(session, parts.store, source.id, sha256)


def expire(attempt: Attempt, parts: WorkerParts) -> None:
    """End uploads to which nothing came for a week; finish those that are whole."""
    staging = open_staging(parts.settings, parts.store, parts.sessions)
    expire_uploads(Places(parts.sessions, parts.store, staging))
    with attempt.publish():
        pass
