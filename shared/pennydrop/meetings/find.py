"""Finding meetings, and what of them the viewer is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.paging import DEFAULT_LIMIT, Page, id_in
from pennydrop.people.models import Pairing

MOST_VISITS = 10
# A meeting that is only told of: when it is, and with whom.
TOLD_OF = (
    joinedload(Meeting.pairing, Pairing.coach),
    lazyload(Meeting.clips),
    lazyload(Meeting.questions),
    lazyload(Meeting.phases),
    lazyload(Meeting.consents),
)


def list_meetings(
    session: Session,
    viewer: Viewer,
    *,
    coachee: str | None = None,
    coach: str | None = None,
    kind: MeetingKind | None = None,
    state: MeetingState | None = None,
    filmed: bool | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Meeting]:
    """Return the viewer's meetings, newest first. `coachee` and `coach` are an id or `me`."""
    query = select(Meeting).where(visible_to(viewer, Meeting)).order_by(Meeting.id.desc())
    for side, person in ((Pairing.coachee_id, coachee), (Pairing.coach_id, coach)):
        if person is not None:
            theirs = select(Pairing.id).where(side == (viewer.person_id if person == "me" else person))
            query = query.where(Meeting.pairing_id.in_(theirs))
    if kind is not None:
        query = query.where(Meeting.kind == kind)
    if state is not None:
        query = query.where(Meeting.state == state)
    if filmed is not None:
        film = Meeting.film_video_id
        query = query.where(film.is_not(None) if filmed else film.is_(None))
    if cursor:
        query = query.where(Meeting.id < id_in(cursor))
    found = session.scalars(query.limit(limit + 1)).all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def get_meeting(session: Session, viewer: Viewer, meeting_id: str) -> Meeting:
    """Return one meeting. Raises `NotFound` where the viewer isn't one of the two."""
    return get_visible(session, viewer, Meeting, meeting_id)


def hold_meeting(session: Session, meeting_id: str) -> None:
    """Let nobody else change this meeting until the transaction ends. To be called before it is read.

    On PostgreSQL two transactions would else decide by what each read before the other wrote. On SQLite
    those that write come one after the other anyway. Rounds may still be added to it meanwhile.
    """
    session.execute(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update(key_share=True))


_OPEN = prepared(
    lambda viewer: (
        select(Meeting)
        .where(
            Meeting.pairing_id.in_(bindparam("pairings", expanding=True)),
            Meeting.state != MeetingState.DONE,
            visible_to(viewer, Meeting),
        )
        .options(*TOLD_OF)
        .order_by(Meeting.id.desc())
    )
)
_OPEN_AND_VISITS = prepared(
    lambda viewer: (
        select(Meeting)
        .join(Pairing, Pairing.id == Meeting.pairing_id)
        .where(
            Pairing.coachee_id == viewer.person_id,
            or_(
                and_(Meeting.state != MeetingState.DONE, Pairing.ended_at.is_(None)),
                and_(Meeting.kind == MeetingKind.DROP_IN, Meeting.started_at >= bindparam("since")),
            ),
            visible_to(viewer, Meeting),
        )
        .options(*TOLD_OF)
        .order_by(Meeting.id.desc())
    )
)


_HELD = prepared(
    lambda viewer: (
        select(Meeting)
        .where(
            Meeting.pairing_id.in_(bindparam("pairings", expanding=True)),
            Meeting.state == MeetingState.DONE,
            Meeting.kind != MeetingKind.DROP_IN,
            visible_to(viewer, Meeting),
        )
        .options(*TOLD_OF)
        .order_by(Meeting.started_at)
    )
)


def next_meetings(session: Session, viewer: Viewer, pairing_ids: Sequence[str]) -> dict[str, Meeting]:
    """Return for each pairing the meeting that goes on or comes next: earliest first, undated ones last."""
    open_ones = _OPEN(session, viewer, pairings=list(pairing_ids)).scalars()
    return {meeting.pairing_id: meeting for meeting in sorted(open_ones, key=soonest, reverse=True)}


def next_and_visits(
    session: Session, viewer: Viewer, since: datetime
) -> tuple[Meeting | None, list[Meeting]]:
    """Return what lies before the viewer as a coachee, in the same order, and the visits since then.

    The visits are the newest of them, newest first. One question answers both.
    """
    found = _OPEN_AND_VISITS(session, viewer, since=since).scalars().all()
    coming = (one for one in found if one.state is not MeetingState.DONE and one.pairing.ended_at is None)
    visits = [
        (one.started_at, one)
        for one in found
        if one.kind is MeetingKind.DROP_IN and one.started_at is not None and one.started_at >= since
    ]
    visits.sort(key=lambda visit: visit[0], reverse=True)
    return min(coming, key=soonest, default=None), [one for _, one in visits[:MOST_VISITS]]


def soonest(meeting: Meeting) -> tuple[bool, bool, datetime]:
    """The order in which meetings come: what goes on, then by date, then those without one."""
    return (
        meeting.state is not MeetingState.RUNNING,
        meeting.planned_at is None,
        meeting.planned_at or meeting.created_at,
    )


def last_meetings(session: Session, viewer: Viewer, pairing_ids: Sequence[str]) -> dict[str, Meeting]:
    """Return for each pairing the latest meeting that was held; drop-ins aren't meetings."""
    held = _HELD(session, viewer, pairings=list(pairing_ids)).scalars()
    return {meeting.pairing_id: meeting for meeting in held}


def shows_preparation(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether praise, questions, clips and script are shown: until it starts they are the coach's own."""
    return meeting.state is not MeetingState.PREPARING or meeting.pairing.coach_id == viewer.person_id
