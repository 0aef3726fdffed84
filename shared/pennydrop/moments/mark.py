"""Marking a moment, changing it, answering it."""

from __future__ import annotations

from typing import Any, TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_change_moment, may_change_reply, may_mark
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.coaching.criteria import criterion_of
from pennydrop.errors import Conflict, Invalid
from pennydrop.moments.find import get_moment
from pennydrop.moments.models import Moment, MomentKind, Reply
from pennydrop.moments.rules import check_drawing, check_times, clean_terms, clean_text
from pennydrop.moments.snap import frame_table, snap_point, snap_span
from pennydrop.storage.port import ObjectStore
from pennydrop.timeline import Span
from pennydrop.videos.models import Video

# Far more than anybody marks by hand in a lesson; keeps a script's mistake from drowning a film.
MAX_MOMENTS = 5_000
MAX_REPLIES = 200


class MomentChanges(TypedDict, total=False):
    """What may change about a moment; what isn't given stays."""

    start_ms: int
    end_ms: int | None
    kind: MomentKind
    text: str
    terms: list[str]
    criterion: str | None
    drawing: dict[str, Any] | None


def mark(
    session: Session,
    viewer: Viewer,
    *,
    store: ObjectStore,
    video_id: str,
    start_ms: int,
    end_ms: int | None = None,
    kind: MomentKind = MomentKind.NOTE,
    text: str = "",
    terms: list[str] | None = None,
    criterion: str | None = None,
    drawing: dict[str, Any] | None = None,
) -> Moment:
    """Mark a point (no `end_ms`) or a span of a video; its times move to the nearest frame.

    `criterion` is one of the film owner's own action steps'. Raises `Invalid` with what to change.
    """
    video = get_visible(session, viewer, Video, video_id)
    may_mark(session, viewer, video)
    check_room(session, video, more=1)
    start, end = place(store, video, start_ms, end_ms)
    moment = Moment(
        video_id=video.id,
        author_id=viewer.person_id,
        start_ms=start,
        end_ms=end,
        kind=kind,
        text=clean_text(text),
        terms=clean_terms(terms or []),
        criterion_id=criterion_of(session, video.owner_id, criterion),
        drawing=check_drawing(drawing),
    )
    session.add(moment)
    session.flush()
    record_change(session, "moment", moment.id, video_id=video.id)
    return moment


def change(
    session: Session, viewer: Viewer, moment_id: str, changes: MomentChanges, *, store: ObjectStore
) -> Moment:
    """Change one's own moment. Raises `NotAllowed` for somebody else's."""
    moment, video = _own(session, viewer, moment_id)
    if "start_ms" in changes or "end_ms" in changes:
        start, end = changes.get("start_ms", moment.start_ms), changes.get("end_ms", moment.end_ms)
        moment.start_ms, moment.end_ms = place(store, video, start, end)
    if "text" in changes:
        moment.text = clean_text(changes["text"])
    if "terms" in changes:
        moment.terms = clean_terms(changes["terms"])
    if "criterion" in changes:
        moment.criterion_id = criterion_of(session, video.owner_id, changes["criterion"])
    if "drawing" in changes:
        moment.drawing = check_drawing(changes["drawing"])
    moment.kind = changes.get("kind", moment.kind)
    moment.updated_at = utcnow()
    session.flush()
    record_change(session, "moment", moment.id, video_id=video.id)
    return moment


def remove(session: Session, viewer: Viewer, moment_id: str) -> None:
    """Remove one's own moment with its replies. Raises `NotAllowed` for somebody else's."""
    moment, video = _own(session, viewer, moment_id)
    session.delete(moment)
    session.flush()
    note_erased(session, Erased.MOMENT, moment_id)
    record_change(session, "moment", moment_id, video_id=video.id)


def reply(session: Session, viewer: Viewer, moment_id: str, *, text: str) -> Reply:
    """Answer a moment. Whoever may mark the film may answer on it."""
    moment = get_moment(session, viewer, moment_id)
    video = get_visible(session, viewer, Video, moment.video_id)
    may_mark(session, viewer, video)
    cleaned = clean_text(text, "reply")
    if not cleaned:
        raise Invalid("Please write something in your reply.")
    if len(moment.replies) >= MAX_REPLIES:
        raise Conflict("This moment has a great many replies already. Please mark a new one.")
    answer = Reply(moment_id=moment.id, author_id=viewer.person_id, text=cleaned)
    session.add(answer)
    session.flush()
    session.refresh(moment, ["replies"])
    record_change(session, "moment", moment.id, video_id=video.id)
    return answer


def change_reply(session: Session, viewer: Viewer, reply_id: str, *, text: str) -> Moment:
    """Word one's own reply anew. Raises `NotAllowed` for somebody else's."""
    answer, moment = _own_reply(session, viewer, reply_id)
    cleaned = clean_text(text, "reply")
    if not cleaned:
        raise Invalid("Please write something in your reply.")
    answer.text = cleaned
    session.flush()
    record_change(session, "moment", moment.id, video_id=moment.video_id)
    return moment


def remove_reply(session: Session, viewer: Viewer, reply_id: str) -> None:
    """Take one's own reply back. Raises `NotAllowed` for somebody else's."""
    answer, moment = _own_reply(session, viewer, reply_id)
    moment.replies.remove(answer)
    session.flush()
    note_erased(session, Erased.REPLY, reply_id)
    record_change(session, "moment", moment.id, video_id=moment.video_id)


def place(store: ObjectStore, video: Video, start_ms: int, end_ms: int | None) -> tuple[int, int | None]:
    """Return the times as they lie on the film, at the nearest frames. Raises `SpanInvalid`."""
    start, end = check_times(start_ms, end_ms, video.duration_ms)
    table = frame_table(store, video)
    if end is None:
        return snap_point(table, start), None
    span = snap_span(table, Span(start, end))
    return span.start_ms, span.end_ms


def check_room(session: Session, video: Video, *, more: int) -> None:
    """Raise `Conflict` where a film would carry too many moments."""
    count = session.scalar(select(func.count()).select_from(Moment).where(Moment.video_id == video.id)) or 0
    if count + more > MAX_MOMENTS:
        raise Conflict(f"A film can carry {MAX_MOMENTS:,} moments. Please remove some first.")


def _own_reply(session: Session, viewer: Viewer, reply_id: str) -> tuple[Reply, Moment]:
    found = get_visible(session, viewer, Reply, reply_id)
    moment = get_moment(session, viewer, found.moment_id)
    answer = next(one for one in moment.replies if one.id == found.id)
    may_change_reply(session, viewer, answer, get_visible(session, viewer, Video, moment.video_id))
    return answer, moment


def _own(session: Session, viewer: Viewer, moment_id: str) -> tuple[Moment, Video]:
    moment = get_moment(session, viewer, moment_id)
    may_change_moment(session, viewer, moment)
    return moment, get_visible(session, viewer, Video, moment.video_id)
