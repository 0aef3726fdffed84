"""Which stored bytes stand behind a media address, for those who may see them: one query each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clips.models import Clip, ClipFileState, ClipOriginal
from pennydrop.errors import NotFound
from pennydrop.storage import keys
from pennydrop.videos.models import Caption, Rendition, RenditionName, Source, Video


@dataclass(frozen=True, slots=True)
class Stored:
    """An object to deliver."""

    key: str
    media_type: str
    video_id: str
    owner_id: str
    source_key: str | None = None
    """The untouched original, for a virtual file: there `key` names its header and ranges."""
    title: str = ""


# A film is fetched in hundreds of requests, each of which asks one of these.
_RENDITION = prepared(
    lambda viewer: (
        select(Rendition.key, Rendition.media_type, Video.owner_id, Source.key)
        .join(Video, Video.id == Rendition.video_id)
        .outerjoin(Source, Source.id == Video.source_id)
        .where(
            Rendition.video_id == bindparam("video_id"),
            Rendition.name == bindparam("name"),
            visible_to(viewer, Video),
        )
    )
)
_CLIP_FILE = prepared(
    lambda viewer: (
        select(Clip.file_key, Clip.title, Clip.video_id, Video.owner_id)
        .join(Video, Video.id == Clip.video_id)
        .where(
            Clip.id == bindparam("clip_id"),
            Clip.file_state == ClipFileState.READY,
            visible_to(viewer, Clip),
        )
    )
)


def find_rendition(session: Session, viewer: Viewer, video_id: str, name: RenditionName) -> Stored:
    """Return where one rendition of a visible video lies. Raises `NotFound`."""
    row = _RENDITION(session, viewer, video_id=video_id, name=name).first()
    if row is None:
        raise NotFound
    key, media_type, owner_id, source_key = row
    if name is not RenditionName.VIRTUAL:
        return Stored(key, media_type, video_id, owner_id)
    if source_key is None:
        raise NotFound
    return Stored(key, "video/mp4", video_id, owner_id, source_key=source_key)


def find_beside(
    session: Session, viewer: Viewer, video_id: str, name: RenditionName, file: str, media_type: str
) -> Stored:
    """Return a file that lies beside a rendition, such as a sheet of a storyboard. Raises `NotFound`."""
    found = find_rendition(session, viewer, video_id, name)
    key = _beside(found.key, file)
    return Stored(key, media_type, video_id, found.owner_id)


def find_clip_file(session: Session, viewer: Viewer, clip_id: str) -> Stored:
    """Return a visible clip's own file. Raises `NotFound` while there is none."""
    row = _CLIP_FILE(session, viewer, clip_id=clip_id).first()
    if row is None or row.file_key is None:
        raise NotFound
    return Stored(row.file_key, "video/mp4", row.video_id, row.owner_id, title=row.title)


def find_clip_original(session: Session, viewer: Viewer, clip_id: str) -> Stored:
    """Return a clip in full quality, for who may see its film. Raises `NotFound` while there is none."""
    row = session.execute(
        select(ClipOriginal.key, Clip.title, Clip.video_id, Video.owner_id)
        .join(Clip, Clip.id == ClipOriginal.clip_id)
        .join(Video, Video.id == Clip.video_id)
        .where(Clip.id == clip_id, visible_to(viewer, Clip), visible_to(viewer, Video))
    ).first()
    if row is None or row.key is None:
        raise NotFound
    return Stored(row.key, "video/mp4", row.video_id, row.owner_id, title=row.title)


def find_captions(session: Session, viewer: Viewer, video_id: str, language: str) -> str:
    """Return the captions of a visible video in one language, as WebVTT. Raises `NotFound`."""
    text = session.scalar(
        select(Caption.webvtt).where(
            Caption.video_id == video_id, Caption.language == language, visible_to(viewer, Caption)
        )
    )
    if text is None:
        raise NotFound
    return text


def _beside(key: str, file: str) -> str:
    try:
        return keys.checked(keys.folder(key) + file)
    except keys.KeyInvalid:
        raise NotFound from None
