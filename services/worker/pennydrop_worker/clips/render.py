"""A clip's own file: exact to the frame, cut behind a clip that plays already."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.clips.files import ask_for_lighter_file, clip_of_job, take_file
from pennydrop.clips.models import ClipFileState
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.jobs.models import Job
from pennydrop.storage import keys
from pennydrop.storage.digest import keep_file
from pennydrop.videos.models import RenditionName
from pennydrop_worker.clips.cut import cut, wanted


def render(attempt: Attempt, parts: WorkerParts) -> None:
    """Cut the clip's file and publish it, unless the clip was changed meanwhile."""
    asked = wanted(attempt, parts)
    if asked is None:
        return
    made = cut(attempt, parts, asked, full_quality=False)
    file = keep_file(parts.store, keys.clip(asked.clip_id, attempt.prefix), made.path)
    with attempt.publish() as session:
        clip = clip_of_job(session, attempt.payload)
        if clip is None:
            return
        take_file(session, clip, file)
        if made.from_source and any(one.name == RenditionName.P720 for one in clip.video.renditions):
            # The copies came while this was cut: nobody else will ask.
            ask_for_lighter_file(session, clip)
        record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)


def render_failed(session: Session, job: Job) -> None:
    """Say on the clip why it has no file of its own. It goes on playing as a window on its video."""
    clip = clip_of_job(session, job.payload)
    if clip is None or clip.file_key is not None:
        return
    clip.file_state = ClipFileState.FAILED
    clip.file_failure = job.error_detail
    session.flush()
    record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)
