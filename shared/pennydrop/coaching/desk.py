"""The coach's desk: each coachee with her present step and what there is to watch. Dates, no judging."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.prepared import prepared
from pennydrop.access.ties import coachees
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.coaching.find import present_steps
from pennydrop.coaching.models import ActionStep
from pennydrop.meetings.find import last_meetings, next_meetings
from pennydrop.meetings.models import Meeting
from pennydrop.moments.models import Moment
from pennydrop.people.models import Pairing
from pennydrop.proposals.find import open_proposals
from pennydrop.videos.models import Purpose, Video, VideoState, Watch

# As many as fit beside one name; the list of her videos holds them all.
TO_WATCH = 5


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One coachee of mine."""

    pairing: Pairing
    step: ActionStep | None
    last_lesson: Video | None
    last_meeting: Meeting | None
    next_meeting: Meeting | None
    """The one that goes on, or comes next."""
    open_proposals: int
    to_watch: Sequence[Video]
    """Her films that I haven't watched or marked yet, newest first."""


def desk(session: Session, viewer: Viewer) -> list[DeskRow]:
    """Return the viewer's coachees: who has something to watch first, then by name."""
    pairings = _PAIRINGS(session, viewer).scalars().all()
    mine = [pairing.coachee_id for pairing in pairings]
    steps = present_steps(session, viewer, mine)
    ids = [pairing.id for pairing in pairings]
    held, coming = last_meetings(session, viewer, ids), next_meetings(session, viewer, ids)
    proposals = open_proposals(session, viewer, mine)
    lessons, unseen = _last_lessons(session, viewer, mine), _to_watch(session, viewer, mine)
    rows = [
        DeskRow(
            pairing=pairing,
            step=steps.get(pairing.coachee_id),
            last_lesson=lessons.get(pairing.coachee_id),
            last_meeting=held.get(pairing.id),
            next_meeting=coming.get(pairing.id),
            open_proposals=proposals.get(pairing.coachee_id, 0),
            to_watch=unseen[pairing.coachee_id],
        )
        for pairing in pairings
    ]
    return sorted(rows, key=lambda row: (not row.to_watch, row.pairing.coachee.name.casefold()))


_PAIRINGS = prepared(
    lambda viewer: (
        select(Pairing)
        .where(
            Pairing.coach_id == viewer.person_id,
            Pairing.ended_at.is_(None),
            Pairing.coachee_id.in_(coachees(viewer)),
        )
        .options(joinedload(Pairing.coachee))
    )
)


def _last_lessons(session: Session, viewer: Viewer, coachee_ids: Iterable[str]) -> dict[str, Video]:
    found = _NEWEST(session, viewer, owners=list(coachee_ids)).scalars()
    return {video.owner_id: video for video in found}


def _newest_lessons(viewer: Viewer) -> Select[Video]:
    newest = (
        select(func.max(Video.id))
        .where(
            Video.owner_id.in_(bindparam("owners", expanding=True)),
            Video.purpose == Purpose.LESSON,
            Video.state.not_in((VideoState.UPLOADING, VideoState.FAILED)),
            visible_to(viewer, Video),
        )
        .group_by(Video.owner_id)
    )
    return select(Video).where(Video.id.in_(newest))


_NEWEST = prepared(_newest_lessons)


def _to_watch(session: Session, viewer: Viewer, coachee_ids: Iterable[str]) -> dict[str, list[Video]]:
    found: dict[str, list[Video]] = {coachee_id: [] for coachee_id in coachee_ids}
    for video in _UNSEEN(session, viewer, owners=list(found)).scalars():
        found[video.owner_id].append(video)
    return found


def _unseen(viewer: Viewer) -> Select[Video]:
    watched = select(Watch.id).where(Watch.video_id == Video.id, Watch.person_id == viewer.person_id)
    marked = select(Moment.id).where(Moment.video_id == Video.id, Moment.author_id == viewer.person_id)
    place = func.row_number().over(partition_by=Video.owner_id, order_by=Video.id.desc())
    unseen = (
        select(Video.id, place.label("place"))
        .where(
            Video.owner_id.in_(bindparam("owners", expanding=True)),
            visible_to(viewer, Video),
            Video.state.in_((VideoState.WATCHABLE, VideoState.READY)),
            ~or_(watched.exists(), marked.exists()),
        )
        .subquery()
    )
    newest = select(unseen.c.id).where(unseen.c.place <= TO_WATCH)
    return select(Video).where(Video.id.in_(newest)).order_by(Video.id.desc())


_UNSEEN = prepared(_unseen)
