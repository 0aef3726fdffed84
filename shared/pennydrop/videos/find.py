"""Finding videos: every read starts from what the viewer may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, video_at_hand, videos_at_most, visible_to
from pennydrop.paging import DEFAULT_LIMIT, Page, id_in
from pennydrop.videos.models import Caption, Purpose, Video


def list_videos(
    session: Session,
    viewer: Viewer,
    *,
    owner: str | None = None,
    purpose: Purpose | None = None,
    action_step: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Video]:
    """Return the videos the viewer may watch, newest first.

    Films she sees only as models are left out, unless she asks for their owner's: their steps lead to them.
    """
    query = select(Video.id).where(visible_to(viewer, Video)).order_by(Video.id.desc()).limit(limit + 1)
    if owner is not None:
        query = query.where(Video.owner_id == (viewer.person_id if owner == "me" else owner))
    else:
        query = query.where(video_at_hand(viewer), Video.id.in_(videos_at_most(viewer)))
    if purpose is not None:
        query = query.where(Video.purpose == purpose)
    if action_step is not None:
        query = query.where(Video.action_step_id == action_step)
    if cursor:
        query = query.where(Video.id < id_in(cursor))
    # First which, then all about them: whoever has a thousand films is shown fifty at a time.
    shown = select(Video).where(Video.id.in_(query)).options(joinedload(Video.source))
    found = session.scalars(shown.order_by(Video.id.desc())).all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def get_video(session: Session, viewer: Viewer, video_id: str) -> Video:
    """Return one video. Raises `NotFound` where the viewer may not see it."""
    return get_visible(session, viewer, Video, video_id)


def watchable(session: Session, viewer: Viewer, video_ids: Collection[str]) -> set[str]:
    """Return those of these ids whose videos the viewer may watch."""
    return set(_WATCHABLE(session, viewer, ids=list(video_ids)).scalars()) if video_ids else set()


def watchable_of(session: Session, viewer: Viewer, videos: Iterable[Video]) -> set[str]:
    """Return the ids of those of these videos which the viewer may watch; her own need no question."""
    ids = {video.id: video.owner_id for video in videos}
    hers = viewer.person_id if viewer.join_link_id is None else None
    own = {video_id for video_id, owner_id in ids.items() if owner_id == hers}
    return own | watchable(session, viewer, ids.keys() - own)


_WATCHABLE = prepared(
    lambda viewer: select(Video.id).where(
        Video.id.in_(bindparam("ids", expanding=True)), visible_to(viewer, Video)
    )
)


def captions_of(session: Session, video_ids: Sequence[str]) -> dict[str, list[Caption]]:
    """Return the captions of each of these videos, by language."""
    found: dict[str, list[Caption]] = {video_id: [] for video_id in video_ids}
    for caption in session.scalars(
        select(Caption).where(Caption.video_id.in_(video_ids)).order_by(Caption.language)
    ):
        found[caption.video_id].append(caption)
    return found
