"""What a job about a video starts from, read once, and how its results reach the store."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from pennydrop import traces
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.errors import NotFound, Unavailable
from pennydrop.media.frames import FrameTable
from pennydrop.media.plan import Plan, plan_for
from pennydrop.media.probe import Probe
from pennydrop.storage import keys
from pennydrop.storage.digest import keep_file
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import RenditionName, Source, Video
from pennydrop.videos.progress import Made


class NotInspectedYet(Unavailable):
    """A job came before the first look into the film; it is tried again."""

    def __init__(self) -> None:
        super().__init__("This film hasn't been looked into yet.")


class VideoGone(NotFound):
    """The video was deleted while work on it was waiting: there is nothing to do any more."""

    final = True


@dataclass(frozen=True, slots=True)
class Material:
    """A video as a job finds it: where its source and the things made from it lie in the store."""

    video_id: str
    source_key: str
    source_size: int
    keys: dict[RenditionName, str]
    probe: Probe | None
    """What the first look found; empty before it."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A film that was looked into: what it is, what is to be made of it, when each frame is shown."""

    material: Material
    probe: Probe
    plan: Plan
    frames: FrameTable


def material_of(sessions: SessionMaker, video_id: str) -> Material:
    """Read what a job needs to know about a video. Raises `VideoGone`."""
    with transaction(sessions) as session:
        video = get_video_row(session, video_id)
        source = session.get(Source, video.source_id) if video.source_id else None
        if source is None:
            raise VideoGone
        made = {rendition.name: rendition.key for rendition in video.renditions}
        probe = Probe.from_json(video.probe) if video.probe else None
        return Material(video.id, source.key, source.size, made, probe)


def inspected(sessions: SessionMaker, store: ObjectStore, video_id: str) -> Inspected:
    """Read what a job after the first look starts from. Raises `VideoGone`, `NotInspectedYet`."""
    material = material_of(sessions, video_id)
    if material.probe is None or RenditionName.FRAMES not in material.keys:
        raise NotInspectedYet
    traces.note(film_ms=material.probe.duration_ms)
    frames = FrameTable.from_json(json.loads(store.read(material.keys[RenditionName.FRAMES])))
    return Inspected(material, material.probe, plan_for(material.probe), frames)


def get_video_row(session: Session, video_id: str) -> Video:
    """Return the video whoever asks: for jobs, which act for nobody. Raises `VideoGone`."""
    video = session.get(Video, video_id)
    if video is None:
        raise VideoGone
    return video


def keep(
    store: ObjectStore,
    path: Path,
    *,
    video_id: str,
    name: RenditionName,
    attempt: str,
    width: int | None = None,
    height: int | None = None,
    duration_ms: int | None = None,
    beside: Sequence[Path] = (),
) -> Made:
    """Put a file of a rendition into the store, under a key that only this attempt uses.

    What belongs `beside` it goes first: it never names a file that isn't there yet.
    """
    others = tuple(
        keep_file(store, keys.rendition(video_id, name, attempt, other.name), other) for other in beside
    )
    kept = keep_file(store, keys.rendition(video_id, name, attempt, path.name), path)
    media_type = _MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return Made(
        name=name,
        media_type=media_type or "application/octet-stream",
        file=kept,
        beside=others,
        width=width,
        height=height,
        duration_ms=duration_ms,
    )


# Not left to the machine: what `mimetypes` knows depends on files in /etc.
_MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt",
    ".json": "application/json",
    ".bin": "application/octet-stream",
}
