"""Preparing a meeting: from a fresh lesson, most of it is there at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_meet
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip
from pennydrop.coaching.find import present_steps
from pennydrop.coaching.models import ActionStep
from pennydrop.errors import Invalid
from pennydrop.library.models import Step
from pennydrop.meetings.models import ClipPurpose, Meeting, MeetingClip, MeetingKind
from pennydrop.moments.models import Moment, MomentKind
from pennydrop.rounds.film import film_of

# Half an hour has room for two or three; the rest can be taken out by a click each.
MAX_QUEUED = 6


def prepare_meeting(
    session: Session,
    viewer: Viewer,
    *,
    coachee: str,
    kind: MeetingKind = MeetingKind.FEEDBACK,
    planned_at: datetime | None = None,
    lesson: str | None = None,
    library_step: str | None = None,
) -> Meeting:
    """Prepare a meeting with somebody the viewer coaches now.

    Her present step becomes the one that praise ties back to. With a `lesson`, its clips are queued: praise
    first, then the others, each in the film's order. Drop-ins have their own function.
    """
    if kind is MeetingKind.DROP_IN:
        raise Invalid("A drop-in needs no preparing. Please write it down as a drop-in.")
    pairing = may_meet(session, viewer, coachee)
    previous = present_steps(session, viewer, [coachee]).get(coachee)
    meeting = Meeting(
        pairing_id=pairing.id,
        kind=kind,
        planned_at=planned_at,
        lesson_video_id=film_of(session, viewer, pairing.coachee, lesson).id if lesson else None,
        library_step_id=get_visible(session, viewer, Step, library_step).id if library_step else None,
        previous_action_step_id=previous.id if previous else None,
        created_by_id=viewer.person_id,
    )
    session.add(meeting)
    session.flush()
    session.refresh(meeting)
    _queue_clips(session, viewer, meeting)
    record_change(session, "meeting", meeting.id)
    return meeting


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a coach can take into the preparation with one click."""

    moments: Sequence[Moment]
    """Of the lesson, hers and her coachee's, that no queued clip came from."""
    clips: Sequence[Clip]
    """Of the lesson, that aren't queued."""
    questions: Sequence[str]


def suggestions_for(session: Session, viewer: Viewer, meeting: Meeting) -> Suggestions:
    """Return what the lesson and the library offer for this meeting."""
    queued = {one.clip_id for one in meeting.clips}
    clips = _lesson_clips(session, viewer, meeting)
    used = {clip.moment_id for clip, _ in clips}
    moments = session.scalars(
        select(Moment)
        .where(Moment.video_id == meeting.lesson_video_id, visible_to(viewer, Moment))
        .order_by(Moment.start_ms, Moment.id)
        .limit(50)
    ).all()
    return Suggestions(
        moments=[one for one in moments if one.id not in used],
        clips=[clip for clip, _ in clips if clip.id not in queued],
        questions=_suggested_questions(session, viewer, meeting),
    )


def _suggested_questions(session: Session, viewer: Viewer, meeting: Meeting) -> list[str]:
    """The prompts of the library step in mind, else of the step agreed, else of the one before."""
    steps = [
        session.get_one(ActionStep, one).step_id
        for one in (meeting.action_step_id, meeting.previous_action_step_id)
        if one is not None
    ]
    asked = {one.text for one in meeting.questions}
    for step_id in (meeting.library_step_id, *steps):
        step = session.scalar(select(Step).where(Step.id == step_id, visible_to(viewer, Step)))
        if step is not None and step.prompts:
            return [prompt.text for prompt in step.prompts if prompt.text not in asked]
    return []


def _queue_clips(session: Session, viewer: Viewer, meeting: Meeting) -> None:
    wanted = [
        (clip, ClipPurpose.PRAISE if kind is MomentKind.PRAISE else ClipPurpose.PROBE)
        for clip, kind in _lesson_clips(session, viewer, meeting)
    ]
    wanted.sort(key=lambda one: one[1] is not ClipPurpose.PRAISE)
    meeting.clips = [
        MeetingClip(clip_id=clip.id, position=place, purpose=purpose)
        for place, (clip, purpose) in enumerate(wanted[:MAX_QUEUED], 1)
    ]
    session.flush()


def _lesson_clips(session: Session, viewer: Viewer, meeting: Meeting) -> list[tuple[Clip, MomentKind | None]]:
    rows = session.execute(
        select(Clip, Moment.kind)
        .outerjoin(Moment, Moment.id == Clip.moment_id)
        .where(Clip.video_id == meeting.lesson_video_id, visible_to(viewer, Clip))
        .order_by(Clip.start_ms, Clip.id)
    )
    return [(clip, kind) for clip, kind in rows]
