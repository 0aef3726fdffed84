"""Deleting a video: its rows at once, its bytes by a job of the same transaction."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_delete_video
from pennydrop.access.viewer import Viewer
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip
from pennydrop.exemplars.steps import steps_shown_in
from pennydrop.jobs.cancel import cancel_for
from pennydrop.library.search import index_steps
from pennydrop.storage import keys
from pennydrop.storage.later import forget_later
from pennydrop.uploads.forget import forget
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.videos.models import Source, Video


def delete_video(session: Session, viewer: Viewer, video_id: str) -> None:
    """Delete a video with its moments, clips and every copy.

    The owner may delete her own; an organisation's admin may, and the owner reads in her record that it was
    done. Work that was still going on for it is cancelled. Raises `NotFound` or `NotAllowed`.
    """
    remove_video(session, viewer, may_delete_video(session, viewer, video_id))


def remove_video(session: Session, viewer: Viewer | None, video: Video) -> None:
    """Delete a video as `delete_video` does, where it was decided elsewhere that it has to go."""
    clip_ids = list(session.scalars(select(Clip.id).where(Clip.video_id == video.id)))
    for subject_id in (video.id, *clip_ids):
        cancel_for(session, subject_id=subject_id)
    prefixes = [*keys.of_video(video.id), *(keys.of_clip(clip_id) for clip_id in clip_ids)]
    released = _release_source(session, video)
    _end_uploads(session, video)
    record_audit(
        session, viewer, "video.deleted", owner_id=video.owner_id, subject_id=video.id, detail=video.title
    )
    record_change(session, "video", video.id, person_id=video.owner_id)
    steps = steps_shown_in(session, video.id)
    session.delete(video)
    session.flush()
    note_erased(session, Erased.VIDEO, video.id)
    index_steps(session, steps)
    forget_later(session, f"video:{video.id}", keys=released, prefixes=prefixes)


def _release_source(session: Session, video: Video) -> list[str]:
    """Drop the video's hold on its source; return the key to forget when no other video holds it."""
    source_id, video.source_id = video.source_id, None
    session.flush()
    if source_id is None:
        return []
    # Held from here on: another film of the same bytes that arrives meanwhile waits, and keeps its own.
    source = session.get(Source, source_id, with_for_update=True)
    others = session.scalar(select(func.count()).select_from(Video).where(Video.source_id == source_id))
    if others or source is None:
        return []
    session.delete(source)
    return [source.key]


def _end_uploads(session: Session, video: Video) -> None:
    for upload in session.scalars(select(Upload).where(Upload.video_id == video.id)):
        forget(upload, UploadState.TERMINATED)
