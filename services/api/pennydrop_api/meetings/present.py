"""Meetings as the contract shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clips.models import Clip
from pennydrop.coaching.models import ActionStep
from pennydrop.meetings.about import looked_at, looked_at_in
from pennydrop.meetings.counts import counts_of
from pennydrop.meetings.film import may_be_filmed
from pennydrop.meetings.find import shows_preparation
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.meetings.prepare import suggestions_for
from pennydrop.rounds.find import rounds_of_meeting
from pennydrop.videos.models import Video
from pennydrop_api.clips.present import clips_out
from pennydrop_api.coaching.present import film_ref, steps_out
from pennydrop_api.coaching.schemas import ActionStepOut
from pennydrop_api.meetings.schemas import (
    ConsentOut,
    CountsOut,
    LookedAt,
    MeetingClipOut,
    MeetingLine,
    MeetingOut,
    MeetingRights,
    PhaseOut,
    SuggestionsOut,
)
from pennydrop_api.moments.present import moments_out
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.rounds.present import films_of, rounds_out
from pennydrop_api.videos.schemas import VideoOut


def meeting_out(session: Session, viewer: Viewer, meeting: Meeting) -> MeetingOut:
    pairing = meeting.pairing
    shown, living = shows_preparation(viewer, meeting), pairing.ended_at is None
    prepares = living and pairing.coach_id == viewer.person_id
    films = films_of(session, viewer, {meeting.model_video_id, meeting.film_video_id})
    steps = _steps(session, viewer, {meeting.previous_action_step_id, meeting.action_step_id})
    lesson = session.scalar(
        select(Video).where(Video.id == meeting.lesson_video_id, visible_to(viewer, Video))
    )
    return MeetingOut(
        id=meeting.id,
        pairing=pairing.id,
        kind=meeting.kind,
        state=meeting.state,
        coach=PersonRef.of(pairing.coach),
        coachee=PersonRef.of(pairing.coachee),
        planned_at=meeting.planned_at,
        started_at=meeting.started_at,
        ended_at=meeting.ended_at,
        next_at=meeting.next_at,
        lesson=film_ref(lesson) if lesson else None,
        previous=steps.get(meeting.previous_action_step_id or ""),
        action_step=steps.get(meeting.action_step_id or ""),
        preparation_shown=shown,
        library_step=meeting.library_step_id if shown else None,
        praise=meeting.praise if shown else "",
        script=meeting.script if shown else "",
        clips=_clips(session, viewer, meeting) if shown else [],
        questions=[one.text for one in meeting.questions] if shown else [],
        model=films.get(meeting.model_video_id or "") if shown else None,
        suggestions=_suggestions(session, viewer, meeting)
        if prepares and meeting.state is not MeetingState.DONE
        else None,
        notes=meeting.notes,
        rounds=rounds_out(session, viewer, rounds_of_meeting(session, viewer, meeting.id)),
        film=films.get(meeting.film_video_id or ""),
        consents=[
            ConsentOut(person=PersonRef.of(one.person), given_at=one.given_at) for one in meeting.consents
        ],
        may_be_filmed=may_be_filmed(meeting),
        counts=_counts(session, meeting),
        about=_about(session, viewer, meeting),
        rights=MeetingRights(
            prepare=prepares,
            run=prepares if meeting.kind is MeetingKind.DROP_IN else living,
            remove=prepares
            and (meeting.kind is MeetingKind.DROP_IN or meeting.state is MeetingState.PREPARING),
        ),
        created_at=meeting.created_at,
        updated_at=meeting.updated_at,
    )


def meeting_lines(session: Session, viewer: Viewer, meetings: Sequence[Meeting]) -> list[MeetingLine]:
    """Meetings in a list, by a few queries however many."""
    step_ids = {meeting.action_step_id for meeting in meetings}
    film_ids = {meeting.film_video_id for meeting in meetings} | {
        meeting.lesson_video_id for meeting in meetings
    }
    wordings = {
        step.id: step.wording
        for step in session.scalars(
            select(ActionStep).where(ActionStep.id.in_(step_ids), visible_to(viewer, ActionStep))
        )
    }
    films = set(session.scalars(select(Video.id).where(Video.id.in_(film_ids), visible_to(viewer, Video))))
    brought = looked_at_in(session, viewer, meetings)
    return [
        MeetingLine(
            id=meeting.id,
            pairing=meeting.pairing_id,
            kind=meeting.kind,
            state=meeting.state,
            coach=PersonRef.of(meeting.pairing.coach),
            coachee=PersonRef.of(meeting.pairing.coachee),
            planned_at=meeting.planned_at,
            started_at=meeting.started_at,
            ended_at=meeting.ended_at,
            next_at=meeting.next_at,
            notes=meeting.notes,
            lesson=meeting.lesson_video_id if meeting.lesson_video_id in films else None,
            wording=wordings.get(meeting.action_step_id or ""),
            film=meeting.film_video_id if meeting.film_video_id in films else None,
            looks_at=brought[meeting.id].id if meeting.id in brought else None,
        )
        for meeting in meetings
    ]


def _steps(session: Session, viewer: Viewer, ids: set[str | None]) -> dict[str, ActionStepOut]:
    steps = session.scalars(
        select(ActionStep).where(ActionStep.id.in_(ids), visible_to(viewer, ActionStep))
    ).all()
    return {step.id: step for step in steps_out(session, viewer, steps)}


def _clips(session: Session, viewer: Viewer, meeting: Meeting) -> list[MeetingClipOut]:
    ids = [one.clip_id for one in meeting.clips]
    clips = session.scalars(select(Clip).where(Clip.id.in_(ids), visible_to(viewer, Clip))).all()
    seen = {clip.id: clip for clip in clips_out(session, viewer, clips)}
    return [
        MeetingClipOut(purpose=one.purpose, clip=seen[one.clip_id])
        for one in meeting.clips
        if one.clip_id in seen
    ]


def _suggestions(session: Session, viewer: Viewer, meeting: Meeting) -> SuggestionsOut:
    found = suggestions_for(session, viewer, meeting)
    return SuggestionsOut(
        moments=moments_out(session, viewer, found.moments),
        clips=clips_out(session, viewer, found.clips),
        questions=list(found.questions),
    )


def _counts(session: Session, meeting: Meeting) -> CountsOut:
    counts = counts_of(session, meeting)
    return CountsOut(
        phases=[
            PhaseOut(phase=span.phase, start_ms=span.start_ms, end_ms=span.end_ms) for span in counts.spans
        ],
        phase_ms=counts.phase_ms,
        models=counts.models,
        rehearsals=counts.rehearsals,
    )


def _about(session: Session, viewer: Viewer, meeting: Meeting) -> LookedAt | None:
    about = looked_at(session, viewer, meeting)
    if about is None:
        return None
    film: VideoOut = films_of(session, viewer, {about.film_video_id})[about.film_video_id or ""]
    return LookedAt(id=about.id, started_at=about.started_at, film=film, counts=_counts(session, about))
