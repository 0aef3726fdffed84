"""Finding moments: in the order they happen on the film."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, or_, select, tuple_
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import check_visible, get_visible, visible_to
from pennydrop.coaching.models import ActionStepCriterion
from pennydrop.db.loaded import by_id
from pennydrop.moments.models import Moment, MomentKind, Reply
from pennydrop.paging import MAX_LIMIT, CursorInvalid, Page, id_in
from pennydrop.videos.models import Video


def list_moments(
    session: Session,
    viewer: Viewer,
    video_id: str,
    *,
    q: str | None = None,
    kind: MomentKind | None = None,
    cursor: str | None = None,
    limit: int = MAX_LIMIT,
) -> Page[Moment]:
    """Return the moments of one video by when they start; `q` keeps those that hold each of its words."""
    check_visible(session, viewer, Video, video_id)
    if kind is None and not q and not cursor:
        return _page(_ALL(session, viewer, video_id=video_id, most=limit + 1).scalars().all(), limit)
    query = _in_order(viewer, video_id, limit + 1)
    if kind is not None:
        query = query.where(Moment.kind == kind)
    for word in (q or "").split():
        said = Moment.replies.any(Reply.text.icontains(word, autoescape=True))
        query = query.where(or_(Moment.text.icontains(word, autoescape=True), said))
    if cursor:
        query = query.where(tuple_(Moment.start_ms, Moment.id) > _place(cursor))
    return _page(session.scalars(query).all(), limit)


def _in_order(viewer: Viewer, video_id: Any, most: Any) -> Select[Moment]:
    query = select(Moment).where(Moment.video_id == video_id, visible_to(viewer, Moment))
    return query.order_by(Moment.start_ms, Moment.id).limit(most)


# Asked by every open page of a film whenever somebody marks something on it.
_ALL = prepared(lambda viewer: _in_order(viewer, bindparam("video_id"), bindparam("most")))


def _page(found: Sequence[Moment], limit: int) -> Page[Moment]:
    last = found[limit - 1] if len(found) > limit else None
    return Page(found[:limit], f"{last.start_ms}.{last.id}" if last else None)


def all_moments(session: Session, viewer: Viewer, video: Video) -> list[Moment]:
    """Return every moment of a video the viewer sees, for an export."""
    query = select(Moment).where(Moment.video_id == video.id, visible_to(viewer, Moment))
    return list(session.scalars(query.order_by(Moment.start_ms, Moment.id)))


def get_moment(session: Session, viewer: Viewer, moment_id: str) -> Moment:
    """Return one moment. Raises `NotFound` where the viewer may not see it."""
    return get_visible(session, viewer, Moment, moment_id)


def criterion_texts(session: Session, ids: Iterable[str | None]) -> dict[str, str]:
    """Return the wording of each of these criteria."""
    wanted = {one for one in ids if one is not None}
    return {one: criterion.text for one, criterion in by_id(session, ActionStepCriterion, wanted).items()}


def _place(cursor: str) -> tuple[int, str]:
    start, _, moment_id = cursor.partition(".")
    # No film is longer than nine digits of milliseconds, which are 11 days.
    if not start.isascii() or not start.isdecimal() or len(start) > 9:
        raise CursorInvalid
    return int(start), id_in(moment_id)
