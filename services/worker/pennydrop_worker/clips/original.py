"""A clip in the film's full quality, for whoever asked for it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.clips.files import clip_of_job
from pennydrop.clips.models import ClipFileState
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.jobs.models import Job
from pennydrop.storage import keys
from pennydrop.storage.digest import keep_file
from pennydrop_worker.clips.cut import cut, wanted


def original(attempt: Attempt, parts: WorkerParts) -> None:
    """Cut the clip from the source itself and publish it, unless it was changed meanwhile."""
    asked = wanted(attempt, parts)
    if asked is None:
        return
    made = cut(attempt, parts, asked, full_quality=True)
    file = keep_file(parts.store, keys.clip(asked.clip_id, attempt.prefix), made.path)
    with attempt.publish() as session:
        clip = clip_of_job(session, attempt.payload)
        if clip is None or clip.original is None:
            return
        clip.original.key, clip.original.size = file.key, file.size
        clip.original.sha256 = file.sha256
        clip.original.state, clip.original.failure = ClipFileState.READY, None
        session.flush()
        record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)


def original_failed(session: Session, job: Job) -> None:
    """Say why there is none. The clip and its file stay as they are."""
    clip = clip_of_job(session, job.payload)
    if clip is None or clip.original is None:
        return
    clip.original.state, clip.original.failure = ClipFileState.FAILED, job.error_detail
    session.flush()
    record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)
