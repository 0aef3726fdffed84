"""The record of who watched: its owner sees it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.errors import NotFound
from pennydrop.videos.models import Video, Watch
from pennydrop.videos.own_watch import ONE_WATCHING, count_own_watch, is_model_of_mine


def watched(
    session: Session, viewer: Viewer, *, video_id: str | None = None, clip_id: str | None = None
) -> None:
    """Somebody pressed play. Of her own film, or a model of hers, it is counted for herself and nobody else;
    of any other it is noted for its owner. Raises `NotFound`.
    """
    video_id, owner_id = _seen(session, viewer, video_id, clip_id)
    if owner_id == viewer.person_id or is_model_of_mine(session, viewer, video_id, clip_id):
        count_own_watch(session, viewer, video_id=video_id, clip_id=clip_id)
    else:
        note_watch(session, viewer, video_id=video_id, clip_id=clip_id)


def note_watch(
    session: Session, viewer: Viewer, *, video_id: str | None = None, clip_id: str | None = None
) -> None:
    """Note that the viewer watches a video, or one of its clips, once in ten minutes.

    A clip that plays as a part of its film is noted beside the film: its player could have gone on.
    Owners aren't noted, nor is a coachee who comes back to a model of hers: how often she does is her own
    business, and whose film it is would learn it. Raises `NotFound` where she may not see it.
    """
    video_id, owner_id = _seen(session, viewer, video_id, clip_id)
    if owner_id == viewer.person_id or is_model_of_mine(session, viewer, video_id, clip_id):
        return
    recent = (
        select(Watch.id)
        .where(Watch.video_id == video_id, Watch.clip_id == clip_id, Watch.person_id == viewer.person_id)
        .where(Watch.started_at > utcnow() - ONE_WATCHING)
    )
    if not session.scalar(select(recent.exists())):
        session.add(Watch(video_id=video_id, clip_id=clip_id, person_id=viewer.person_id))
        session.flush()


def _seen(session: Session, viewer: Viewer, video_id: str | None, clip_id: str | None) -> tuple[str, str]:
    if clip_id is None:
        video = get_visible(session, viewer, Video, video_id or "")
        return video.id, video.owner_id
    row = session.execute(
        select(Clip.video_id, Video.owner_id)
        .join(Video, Video.id == Clip.video_id)
        .where(Clip.id == clip_id, visible_to(viewer, Clip))
    ).first()
    if row is None or video_id not in (None, row.video_id):
        raise NotFound
    return row.video_id, row.owner_id
