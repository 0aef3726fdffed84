"""What becomes of a video when one of its jobs fails for good; called in that transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.jobs.models import Job
from pennydrop.videos.models import RenditionName, Video, VideoState
from pennydrop.videos.progress import fail, fail_clips, settle

PLAYABLE = frozenset({RenditionName.VIRTUAL, RenditionName.REMUX, RenditionName.P720, RenditionName.P360})


def video_failed(session: Session, job: Job) -> None:
    """The film can't be made into what everybody can watch: say so on it, and on clips that can't come."""
    video = session.get(Video, job.subject_id)
    if video is None or video.state is VideoState.READY:
        # A copy that couldn't be made anew takes nothing from a film that was ready.
        return
    detail = job.error_detail or "This film couldn't be prepared. Please send it again."
    fail(session, video, code=job.error_code or "failed", detail=detail)
    if not any(rendition.name in PLAYABLE for rendition in video.renditions):
        fail_clips(session, video, detail=detail)


def extra_failed(session: Session, job: Job) -> None:
    """A film without a storyboard is still a film: it gets ready without."""
    video = session.get(Video, job.subject_id)
    if video is not None:
        settle(session, video, finishing=job.kind)
