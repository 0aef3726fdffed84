"""How a video gets from processing to ready, one function a step, each in the publishing transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Job, JobState, Queue
from pennydrop.storage import keys
from pennydrop.storage.digest import KeptFile
from pennydrop.videos.models import Rendition, RenditionName, Video, VideoState

INGEST = "video.ingest"
PROXIES = "video.proxies"
CHUNK = "video.chunk"
SOUND = "video.sound"
POSTER = "video.poster"
EXTRAS = "video.extras"
CLIP_FILE = "clip.file"
CLIP_ORIGINAL = "clip.original"


@dataclass(frozen=True, slots=True)
class Made:
    """Something made from a source and put into the store."""

    name: RenditionName
    media_type: str
    file: KeptFile
    beside: tuple[KeptFile, ...] = ()
    """Files of the same folder that belong to it."""
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a film is once it has been looked at: length in milliseconds, upright size in square pixels."""

    duration_ms: int
    width: int
    height: int
    has_audio: bool


def publish(session: Session, video: Video, made: Made) -> None:
    """Point the video to what was made, in place of an earlier one of that name."""
    row = session.scalar(select(Rendition).where(Rendition.video_id == video.id, Rendition.name == made.name))
    if row is None:
        row = Rendition(video_id=video.id, name=made.name)
        session.add(row)
    row.key, row.media_type = made.file.key, made.media_type
    row.size, row.sha256 = made.file.size, made.file.sha256
    row.beside = [
        {"name": keys.name(one.key), "size": one.size, "sha256": one.sha256} for one in made.beside
    ] or None
    row.width, row.height, row.duration_ms = made.width, made.height, made.duration_ms
    session.flush()
    session.expire(video, ["renditions"])


def take_shape(session: Session, video: Video, shape: Shape) -> None:
    """Note what the film is. From now on moments and clips snap to its frames."""
    video.duration_ms = shape.duration_ms
    video.width, video.height = shape.width, shape.height
    video.has_audio = shape.has_audio
    session.flush()


def become_watchable(session: Session, video: Video) -> None:
    """It plays from now on, and clips made meanwhile can have their files."""
    if video.state in (VideoState.UPLOADING, VideoState.PROCESSING, VideoState.FAILED):
        video.state = VideoState.WATCHABLE
        video.failure_code = video.failure_detail = None
    session.flush()
    record_change(session, "video", video.id, video_id=video.id)


def plan_the_rest(session: Session, video: Video, *, plays_already: bool) -> None:
    """Enqueue what is made in the background.

    The poster comes first, for lists show it. A film that plays already gets its storyboard and waveform at
    the same time as its proxies; one that doesn't gets them afterwards, for somebody waits to see anything.
    """
    _ask(session, video, POSTER, queue=Queue.INTERACTIVE, priority=60)
    _ask(session, video, PROXIES, queue=Queue.TRANSCODE, priority=100 if plays_already else 20)
    if plays_already:
        ask_for_extras(session, video)


def ask_for_extras(session: Session, video: Video) -> None:
    """Enqueue the storyboard, the waveform and the speech map."""
    _ask(session, video, EXTRAS, queue=Queue.BULK, priority=50)


def job_key(kind: str, video_id: str) -> str:
    """The unique key of the job that makes one thing of a video."""
    return f"{kind}:{video_id}"


def _ask(session: Session, video: Video, kind: str, *, queue: Queue, priority: int) -> None:
    enqueue(
        session,
        kind,
        queue=queue,
        unique_key=job_key(kind, video.id),
        subject_id=video.id,
        payload={"video_id": video.id},
        priority=priority,
    )


def settle(session: Session, video: Video, *, finishing: str) -> None:
    """Make the video ready when its proxies are there and nothing else is being made.

    `finishing` is the kind of the job whose transaction this is.
    """
    others = session.scalar(
        select(Job.id)
        .where(Job.subject_id == video.id, Job.kind.in_([POSTER, PROXIES, EXTRAS]), Job.kind != finishing)
        .where(Job.state.in_([JobState.QUEUED, JobState.RUNNING]))
        .limit(1)
    )
    has_proxies = any(r.name in (RenditionName.P720, RenditionName.P360) for r in video.renditions)
    if has_proxies and others is None and video.state is VideoState.WATCHABLE:
        video.state = VideoState.READY
        video.progress = 100
        session.flush()
    record_change(session, "video", video.id, video_id=video.id)


def fail(session: Session, video: Video, *, code: str, detail: str) -> None:
    """Say why the video can't be prepared. Whatever of it plays already keeps playing."""
    video.state = VideoState.FAILED
    video.failure_code, video.failure_detail = code, detail
    video.live_key = None
    session.flush()
    record_change(session, "video", video.id, video_id=video.id)


def fail_clips(session: Session, video: Video, *, detail: str) -> None:
    """Clips of a film that can't be used won't get a file; say so on each."""
    for clip in session.scalars(select(Clip).where(Clip.video_id == video.id)):
        if clip.file_state is ClipFileState.QUEUED and clip.file_key is None:
            clip.file_state = ClipFileState.FAILED
            clip.file_failure = detail
    session.flush()
