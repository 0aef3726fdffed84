"""Cutting a clip out of its film: by copying what can be copied, else by encoding it anew."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from pathlib import Path

from pennydrop.clips.from_parts import cut_from_parts
from pennydrop.clips.models import Clip
from pennydrop.db.session import transaction
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.cutting import CutClip, MustEncode, cut_clip
from pennydrop.media.failures import MediaFailure
from pennydrop.media.mp4.boxes import Mp4Unreadable
from pennydrop.media.proxies import make_clip
from pennydrop.media.sandbox import SandboxLevel
from pennydrop.storage.nearby import is_near, nearby
from pennydrop.timeline import Span
from pennydrop.videos.material import Inspected, inspected
from pennydrop.videos.models import RenditionName

log = logging.getLogger("pennydrop.worker")

_THREADS = 2
# Smaller films come whole as quickly.
_WHOLE_BELOW = 32 << 20


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
        key = proxy or film.material.source_key
        with contextlib.suppress(MustEncode):
            made = _from_parts(attempt, parts, key, clip.span) or _from_whole(attempt, parts, key, clip.span)
            attempt.sandboxed(str(made.level))
            return Cut(made.path, from_source=proxy is None)
    path, level = _encode(attempt, parts, film, clip.span, full_quality=full_quality)
    attempt.sandboxed(str(level))
    return Cut(path, from_source=False)


def _from_whole(attempt: Attempt, parts: WorkerParts, key: str, span: Span) -> CutClip:
    watched = nearby(parts.store, key, parts.settings.scratch)
    return cut_clip(
        watched, span, _folder(attempt, "cut"), threads=_THREADS, cancelled=attempt.cancelled.is_set
    )


def _from_parts(attempt: Attempt, parts: WorkerParts, key: str, span: Span) -> CutClip | None:
    """Cut from the part of a film in a bucket that the clip shows; None where that doesn't do.

    Nobody waits for a lesson of gigabytes to come here for twenty seconds of it.
    """
    if is_near(parts.store, key, parts.settings.scratch) or parts.store.size(key) < _WHOLE_BELOW:
        return None
    folder, stop = attempt.scratch / "parts", attempt.cancelled.is_set
    try:
        return cut_from_parts(parts.store, key, span, folder, threads=_THREADS, cancelled=stop)
    except (MustEncode, MediaFailure, Mp4Unreadable) as error:
        log.info("clip %s is cut from its whole film: %s", attempt.payload["clip_id"], error)
        return None


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
