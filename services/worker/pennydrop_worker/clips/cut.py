"""Cutting a clip out of its film: by copying what can be copied, else by encoding it anew."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from pennydrop.clips.models import Clip
from pennydrop.db.session import transaction
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.cutting import MustEncode, cut_clip
from pennydrop.media.proxies import make_clip
from pennydrop.media.sandbox import SandboxLevel
from pennydrop.storage.nearby import nearby
from pennydrop.timeline import Span
from pennydrop.videos.material import Inspected, inspected
from pennydrop.videos.models import RenditionName

_THREADS = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """The clip that a job is about, as it was when the job was asked for."""

    clip_id: str
    video_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Cut:
    """A clip's file on this machine's disk; `from_source` where it wasn't cut from the 720p copy."""

    path: Path
    from_source: bool


def wanted(attempt: Attempt, parts: WorkerParts) -> Wanted | None:
    """Return the clip of the job, or None when it is gone or shows another span by now."""
    with transaction(parts.sessions) as session:
        clip = session.get(Clip, attempt.payload["clip_id"])
        if clip is None or clip.revision != attempt.payload["revision"]:
            return None
        return Wanted(clip.id, clip.video_id, clip.span)


def cut(attempt: Attempt, parts: WorkerParts, clip: Wanted, *, full_quality: bool) -> Cut:
    """Cut the clip from the 720p copy where there is one, or, in `full_quality`, always from the source."""
    film = inspected(parts.sessions, parts.store, clip.video_id)
    proxy = None if full_quality else film.material.keys.get(RenditionName.P720)
    if proxy is not None or RenditionName.VIRTUAL in film.material.keys:
        watched = nearby(parts.store, proxy or film.material.source_key, parts.settings.scratch)
        with contextlib.suppress(MustEncode):
            made = cut_clip(
                watched,
                clip.span,
                _folder(attempt, "cut"),
                threads=_THREADS,
                cancelled=attempt.cancelled.is_set,
            )
            attempt.sandboxed(str(made.level))
            return Cut(made.path, from_source=proxy is None)
    path, level = _encode(attempt, parts, film, clip.span, full_quality=full_quality)
    attempt.sandboxed(str(level))
    return Cut(path, from_source=False)


def _encode(
    attempt: Attempt, parts: WorkerParts, film: Inspected, span: Span, *, full_quality: bool
) -> tuple[Path, SandboxLevel]:
    made = make_clip(
        nearby(parts.store, film.material.source_key, parts.settings.scratch),
        film.probe,
        film.plan,
        film.frames,
        film.frames.frames_of(span),
        _folder(attempt, "encoded"),
        full_quality=full_quality,
        cancelled=attempt.cancelled.is_set,
    )
    return made.renditions[0].path, made.level


def _folder(attempt: Attempt, name: str) -> Path:
    path = attempt.scratch / name
    path.mkdir()
    return path
