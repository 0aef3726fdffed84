"""Trying once more what failed for good, when whatever stood in its way has been mended."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.chunks.models import Chunk
from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.errors import Conflict
from pennydrop.jobs.ledger import enqueue, run_again
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.videos.failing import PLAYABLE
from pennydrop.videos.models import Video, VideoState
from pennydrop.videos.progress import (
    CHUNK,
    CLIP_FILE,
    CLIP_ORIGINAL,
    INGEST,
    PROXIES,
    SOUND,
    job_key,
)

# The film itself comes first; its clips look again when it may be there.
_CLIPS_LATER_MS = 5_000


class NotStandingStill(Conflict):
    def __init__(self) -> None:
        super().__init__("This goes on by itself: only what has failed can be tried again.")


def try_again(session: Session, job: Job) -> None:
    """Queue a failed job once more, and take back on its film or clip what was said of the failure.

    Raises `NotStandingStill` unless it has failed.
    """
    if job.state is not JobState.FAILED:
        raise NotStandingStill
    if job.kind in (INGEST, PROXIES, CHUNK, SOUND):
        _film(session, job)
    elif job.kind in (CLIP_FILE, CLIP_ORIGINAL):
        _clip(session, job)
    if job.kind in (CHUNK, SOUND) and job.subject_id is not None:
        # That asks for those that were stopped with it.
        run_again(session, job_key(PROXIES, job.subject_id))
        if session.get(Chunk, job.payload["chunk_id"]) is None:
            return  # after a restore there are no chunks: the film is cut anew
    _run(session, job)


def _film(session: Session, job: Job) -> None:
    video = session.get(Video, job.subject_id)
    if video is None or video.state is not VideoState.FAILED:
        return
    plays = any(rendition.name in PLAYABLE for rendition in video.renditions)
    video.state = VideoState.WATCHABLE if plays else VideoState.PROCESSING
    video.failure_code = video.failure_detail = None
    left_behind = select(Clip).where(Clip.video_id == video.id, Clip.file_state == ClipFileState.FAILED)
    for clip in session.scalars(left_behind):
        failed = session.scalar(
            select(Job).where(Job.subject_id == clip.id, Job.kind == CLIP_FILE, Job.state == JobState.FAILED)
        )
        clip.file_state, clip.file_failure = ClipFileState.QUEUED, None
        if failed is not None:
            _run(session, failed, delay_ms=_CLIPS_LATER_MS)
    record_change(session, "video", video.id, video_id=video.id)


def _clip(session: Session, job: Job) -> None:
    clip = session.get(Clip, job.subject_id)
    if clip is None or clip.revision != job.payload["revision"]:
        return
    if job.kind == CLIP_ORIGINAL:
        if clip.original is not None:
            clip.original.state, clip.original.failure = ClipFileState.QUEUED, None
    elif clip.file_key is None:
        clip.file_state, clip.file_failure = ClipFileState.QUEUED, None
    record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)


def _run(session: Session, job: Job, *, delay_ms: int = 0) -> None:
    enqueue(
        session,
        job.kind,
        queue=Queue(job.queue),
        unique_key=job.unique_key,
        payload=job.payload,
        subject_id=job.subject_id,
        priority=job.priority,
        delay_ms=delay_ms,
        again=True,
    )
