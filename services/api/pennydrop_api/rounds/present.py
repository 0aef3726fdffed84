"""Rounds as the contract shows them, with as few queries for many as for one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_rehearse import sit_together
from pennydrop.access.ties import coached_of
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.meetings.models import Meeting
from pennydrop.people.models import Person
from pennydrop.rounds.models import Round, RoundKind
from pennydrop.videos.models import Video
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.rounds.schemas import MarkOut, RoundOut, RoundRights
from pennydrop_api.videos.present import videos_out
from pennydrop_api.videos.schemas import VideoOut


def round_out(session: Session, viewer: Viewer, one: Round) -> RoundOut:
    return rounds_out(session, viewer, [one])[0]


def rounds_out(session: Session, viewer: Viewer, rounds: Sequence[Round]) -> list[RoundOut]:
    films = films_of(session, viewer, {one.video_id for one in rounds})
    meetings = {
        meeting.id: meeting
        for meeting in session.scalars(
            select(Meeting).where(
                Meeting.id.in_({one.meeting_id for one in rounds}), visible_to(viewer, Meeting)
            )
        )
    }
    markers = {mark.person_id for one in rounds for mark in one.marks}
    people = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(markers)))}
    coached = coached_of(session, viewer, (one.action_step.coachee_id for one in rounds))
    return [_out(viewer, one, films, meetings.get(one.meeting_id or ""), people, coached) for one in rounds]


def films_of(session: Session, viewer: Viewer, ids: set[str | None]) -> dict[str, VideoOut]:
    """Return those of these films that the viewer may watch."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    videos = session.scalars(select(Video).where(Video.id.in_(wanted), visible_to(viewer, Video))).all()
    return {film.id: film for film in videos_out(session, viewer, videos)}


def _out(
    viewer: Viewer,
    one: Round,
    films: dict[str, VideoOut],
    meeting: Meeting | None,
    people: dict[str, Person],
    coached: set[str],
) -> RoundOut:
    coachee_id = one.action_step.coachee_id
    mine, coaching = coachee_id == viewer.person_id, coachee_id in coached
    return RoundOut(
        id=one.id,
        action_step=one.action_step_id,
        meeting=meeting.id if meeting else None,
        kind=one.kind,
        number=one.number,
        video=films.get(one.video_id or ""),
        feedback=one.feedback,
        reflection=one.reflection,
        is_best=one.is_best,
        marks=[
            MarkOut(
                criterion=mark.criterion_id,
                person=PersonRef.of(people[mark.person_id]),
                value=mark.value,
                entered_by=mark.entered_by_id,
            )
            for mark in one.marks
        ],
        created_by=PersonRef.of(one.created_by),
        rights=RoundRights(
            change=mine or coaching,
            feedback=coaching,
            reflect=mine,
            mark_for_coachee=coaching and meeting is not None and sit_together(meeting),
            waits_for_coachee=_waits_for(one),
            remove=one.created_by_id == viewer.person_id or (mine and one.kind is RoundKind.REHEARSAL),
        ),
        created_at=one.created_at,
        updated_at=one.updated_at,
    )


def _waits_for(one: Round) -> list[str]:
    if one.kind is not RoundKind.MODEL:
        return []
    marked = {mark.criterion_id for mark in one.marks if mark.person_id == one.action_step.coachee_id}
    return [criterion.id for criterion in one.action_step.criteria if criterion.id not in marked]
