"""A clip's own file: exact to the frame, cut behind a clip that plays already."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.db.session import transaction
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.jobs.models import Job
from pennydrop.media.cutting import MustEncode, cut_clip
from pennydrop.media.proxies import make_clip
from pennydrop.media.sandbox import SandboxLevel
from pennydrop.storage import keys
from pennydrop.storage.later import forget_later
from pennydrop.timeline import Span
from pennydrop.videos.material import Inspected, inspected
from pennydrop.videos.models import RenditionName

_THREADS = 2


@dataclass(frozen=True, slots=True)
class _Wanted:
    video_id: str
    span: Span


def render(attempt: Attempt, parts: WorkerParts) -> None:
    """Cut the clip's file and publish it, unless the clip was changed meanwhile."""
    clip_id, revision = attempt.payload["clip_id"], attempt.payload["revision"]
    wanted = _wanted(parts, clip_id, revision)
    if wanted is None:
        with attempt.publish():
            return
    path, level = _cut(attempt, parts, inspected(parts.sessions, parts.store, wanted.video_id), wanted.span)
    attempt.sandboxed(str(level))
    key = keys.clip(clip_id, attempt.prefix)
    size = parts.store.put_file(key, path)
    with attempt.publish() as session:
        clip = session.get(Clip, clip_id)
        if clip is None or clip.revision != revision:
            return
        _replace_file(session, clip, key, size, name=attempt.prefix)
        record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)


def render_failed(session: Session, job: Job) -> None:
    """Say on the clip why it has no file of its own. It goes on playing as a window on its video."""
    clip = session.get(Clip, job.payload["clip_id"])
    if clip is not None and clip.revision == job.payload["revision"]:
        clip.file_state = ClipFileState.FAILED
        clip.file_failure = job.error_detail
        session.flush()
        record_change(session, "clip", clip.id, video_id=clip.video_id, person_id=clip.video.owner_id)


def _wanted(parts: WorkerParts, clip_id: str, revision: int) -> _Wanted | None:
    with transaction(parts.sessions) as session:
        clip = session.get(Clip, clip_id)
        if clip is None or clip.revision != revision:
            return None
        return _Wanted(clip.video_id, clip.span)


def _cut(attempt: Attempt, parts: WorkerParts, film: Inspected, span: Span) -> tuple[Path, SandboxLevel]:
    """Cut from the proxy, which phones like best, or from the source while there is none."""
    stop = attempt.cancelled.is_set
    proxy = film.material.keys.get(RenditionName.P720)
    if proxy is not None or RenditionName.VIRTUAL in film.material.keys:
        watched = parts.store.fetch(proxy or film.material.source_key, attempt.scratch / "watched")
        with contextlib.suppress(MustEncode):
            cut = cut_clip(watched, span, _folder(attempt, "cut"), threads=_THREADS, cancelled=stop)
            return cut.path, cut.level
    made = make_clip(
        parts.store.fetch(film.material.source_key, attempt.scratch / "source"),
        film.probe,
        film.plan,
        film.frames,
        film.frames.frames_of(span),
        _folder(attempt, "encoded"),
        full_quality=False,
        cancelled=stop,
    )
    return made.renditions[0].path, made.level


def _folder(attempt: Attempt, name: str) -> Path:
    path = attempt.scratch / name
    path.mkdir()
    return path


def _replace_file(session: Session, clip: Clip, key: str, size: int, *, name: str) -> None:
    if clip.file_key is not None:
        forget_later(session, f"clip:{name}", keys=[clip.file_key])
    clip.file_key, clip.file_size = key, size
    clip.file_state, clip.file_failure = ClipFileState.READY, None
    session.flush()
