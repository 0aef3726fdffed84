"""A clip's files: the one to watch and share, and one in full quality for whoever asks for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_have_original
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip, ClipFileState, ClipOriginal
from pennydrop.db.hold import hold
from pennydrop.errors import NotFound
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
from pennydrop.storage.digest import KeptFile
from pennydrop.storage.later import forget_later
from pennydrop.videos.progress import CLIP_FILE, CLIP_ORIGINAL

# Somebody may be waiting to download or send it, but nobody waits to watch it: films come first (10).
FILE_PRIORITY = 20


def file_job(clip: Clip) -> str:
    """The unique key of the job that makes the clip's file."""
    return f"clip:{clip.id}:{clip.revision}"


def original_job(clip: Clip) -> str:
    """The unique key of the job that makes the clip in full quality."""
    return f"{file_job(clip)}:original"


def ask_for_file(session: Session, clip: Clip) -> None:
    """Have the clip's file made, in the transaction that makes it necessary."""
    enqueue(
        session,
        CLIP_FILE,
        queue=Queue.INTERACTIVE,
        unique_key=file_job(clip),
        payload={"clip_id": clip.id, "revision": clip.revision},
        subject_id=clip.id,
        priority=FILE_PRIORITY,
    )


def ask_for_lighter_file(session: Session, clip: Clip) -> None:
    """Have a file that was cut from the source, before there were copies, made anew from the 720p copy."""
    enqueue(
        session,
        CLIP_FILE,
        queue=Queue.INTERACTIVE,
        unique_key=f"clip:{clip.id}:{clip.revision}:lighter",
        payload={"clip_id": clip.id, "revision": clip.revision},
        subject_id=clip.id,
        priority=2 * FILE_PRIORITY,
    )


def lighten_files(session: Session, video_id: str) -> None:
    """The film has its copies now: clips whose files were cut before get lighter ones."""
    made = select(Clip).where(Clip.video_id == video_id, Clip.file_state == ClipFileState.READY)
    for clip in session.scalars(made):
        ask_for_lighter_file(session, clip)


def ask_for_original(session: Session, viewer: Viewer, clip_id: str) -> Clip:
    """Have the clip made in full quality; asking again is asking once, or trying again what failed.

    Raises `NotAllowed` for who may see the clip but not its film.
    """
    clip = get_visible(session, viewer, Clip, clip_id)
    may_have_original(session, viewer, clip)
    hold(session, clip)
    if clip.original is None:
        clip.original = ClipOriginal(clip_id=clip.id)
    elif clip.original.state is not ClipFileState.FAILED:
        return clip
    clip.original.state, clip.original.failure = ClipFileState.QUEUED, None
    session.flush()
    enqueue(
        session,
        CLIP_ORIGINAL,
        queue=Queue.INTERACTIVE,
        unique_key=original_job(clip),
        payload={"clip_id": clip.id, "revision": clip.revision},
        subject_id=clip.id,
        priority=FILE_PRIORITY,
        again=True,
    )
    record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)
    return clip


def clip_of_job(session: Session, payload: dict[str, Any]) -> Clip | None:
    """Return the clip that a job was asked to make a file of, and keep it until its file is published.

    None when it is gone, or shows another span by now: the file isn't the clip's.
    """
    clip = session.get(Clip, payload["clip_id"])
    if clip is None:
        return None
    try:
        hold(session, clip)
    except NotFound:
        return None
    return clip if clip.revision == payload["revision"] else None


def take_file(session: Session, clip: Clip, file: KeptFile) -> None:
    """Point the clip to its file, in place of an earlier one."""
    if clip.file_key is not None:
        forget_later(session, f"file:{file.key}", keys=[clip.file_key])
    clip.file_key, clip.file_size, clip.file_sha256 = file.key, file.size, file.sha256
    clip.file_state, clip.file_failure = ClipFileState.READY, None
    session.flush()


def let_files_go(session: Session, clip: Clip) -> None:
    """The clip shows another span now: its files are no longer the clip's."""
    gone = [clip.file_key, clip.original.key if clip.original else None]
    forget_later(session, f"clip:{clip.id}:{clip.revision}", keys=[key for key in gone if key])
    clip.file_state = ClipFileState.QUEUED
    clip.file_key = clip.file_size = clip.file_sha256 = clip.file_failure = None
    clip.original = None
    session.flush()
