"""Changing a meeting: the coach prepares and agrees the step, both run it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_drop_meeting, may_prepare, may_run
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.criteria import action_step_of
from pennydrop.coaching.models import ActionStep
from pennydrop.errors import Invalid
from pennydrop.library.models import Step
from pennydrop.meetings.about import meeting_to_look_at
from pennydrop.meetings.film import remove_film, set_film
from pennydrop.meetings.find import get_meeting, hold_meeting
from pennydrop.meetings.model import set_model, show_model
from pennydrop.meetings.models import (
    ClipPurpose,
    Meeting,
    MeetingClip,
    MeetingKind,
    MeetingPhase,
    MeetingQuestion,
    MeetingState,
    Phase,
)
from pennydrop.meetings.notes import notes_together
from pennydrop.meetings.observe import observe, release
from pennydrop.moments.rules import clean_text
from pennydrop.rounds.film import film_of

MAX_CLIPS = 20
MAX_QUESTIONS = 20
MAX_QUESTION = 500
MAX_PHASES = 50
_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class QueuedClip:
    clip: str
    purpose: ClipPurpose = ClipPurpose.PROBE


@dataclass(frozen=True, slots=True)
class PhaseStart:
    phase: Phase
    start_ms: int


class MeetingChanges(TypedDict, total=False):
    """What may change about a meeting; what isn't given stays. Lists take the place of what was there."""

    state: MeetingState
    planned_at: datetime | None
    notes: str
    next_at: datetime | None
    film: str | None
    phases: Sequence[PhaseStart]
    about: str | None
    lesson: str | None
    previous: str | None
    action_step: str | None
    library_step: str | None
    praise: str
    script: str
    model: str | None
    clips: Sequence[QueuedClip]
    questions: Sequence[str]


_OF_BOTH = frozenset({"state", "planned_at", "notes", "next_at", "film", "phases", "about"})


def change_meeting(
    session: Session,
    viewer: Viewer,
    meeting_id: str,
    changes: MeetingChanges,
    *,
    notes_before: str | None = None,
) -> Meeting:
    """Change what is given. Raises `NotAllowed` where it is the coach's to change, `Invalid`, `NotFound`.

    `notes_before` is what the notes were when whoever writes them now began: what came in meanwhile stays,
    too. Raises `NotesChanged` where it can't.
    """
    hold_meeting(session, meeting_id)
    meeting = get_meeting(session, viewer, meeting_id)
    may_run(viewer, meeting)
    if set(changes) - _OF_BOTH:
        may_prepare(viewer, meeting)
    if "notes" in changes and notes_before is not None:
        together = notes_together(meeting.notes, before=notes_before, wanted=changes["notes"])
        changes = {**changes, "notes": together}
    for name, value in changes.items():
        _CHANGE[name](session, viewer, meeting, value)
    meeting.updated_at = utcnow()
    session.flush()
    record_change(session, "meeting", meeting.id)
    # Who looks at it together hears of it by the meeting that is theirs.
    for look in session.scalars(select(Meeting.id).where(Meeting.about_meeting_id == meeting.id)):
        record_change(session, "meeting", look)
    return meeting


def drop_meeting(session: Session, viewer: Viewer, meeting_id: str) -> None:
    """Take away a meeting that hasn't begun, or a drop-in. Lessons, clips and steps stay.

    A film of the meeting itself is deleted: without the meeting nobody could take her yes to it back.
    """
    hold_meeting(session, meeting_id)
    meeting = get_meeting(session, viewer, meeting_id)
    may_drop_meeting(viewer, meeting)
    both = (meeting.pairing.coachee_id, meeting.pairing.coach_id)
    remove_film(session, viewer, meeting)
    session.delete(meeting)
    session.flush()
    note_erased(session, Erased.MEETING, meeting_id)
    for person_id in both:
        record_change(session, "meeting", meeting_id, person_id=person_id)


def _state(session: Session, viewer: Viewer, meeting: Meeting, state: MeetingState) -> None:
    """It starts once and can be taken up again after its end, but what was held isn't unheld."""
    if state is meeting.state:
        return
    if meeting.kind is MeetingKind.DROP_IN:
        raise Invalid("A drop-in is over when it is written down.")
    if state is MeetingState.PREPARING:
        raise Invalid("This meeting has started. It can't be prepared any more.")
    if meeting.started_at is None:
        meeting.started_at = utcnow()
        show_model(session, meeting)
    meeting.ended_at = utcnow() if state is MeetingState.DONE else None
    meeting.state = state


def _next_at(session: Session, viewer: Viewer, meeting: Meeting, at: datetime | None) -> None:
    meeting.next_at = at
    if meeting.action_step_id is not None:
        observe(session, session.get_one(ActionStep, meeting.action_step_id), at)


def _action_step(session: Session, viewer: Viewer, meeting: Meeting, step_id: str | None) -> None:
    before = meeting.action_step_id
    agreed = meeting.action_step_id = action_step_of(session, meeting.pairing.coachee_id, step_id)
    if meeting.next_at is None or before == agreed:
        return
    if before is not None:
        release(session, session.get_one(ActionStep, before), meeting.next_at)
    if agreed is not None:
        observe(session, session.get_one(ActionStep, agreed), meeting.next_at)


def _previous(session: Session, viewer: Viewer, meeting: Meeting, step_id: str | None) -> None:
    meeting.previous_action_step_id = action_step_of(session, meeting.pairing.coachee_id, step_id)


def _lesson(session: Session, viewer: Viewer, meeting: Meeting, video_id: str | None) -> None:
    coachee = meeting.pairing.coachee
    meeting.lesson_video_id = film_of(session, viewer, coachee, video_id).id if video_id else None


def _library_step(session: Session, viewer: Viewer, meeting: Meeting, step_id: str | None) -> None:
    meeting.library_step_id = get_visible(session, viewer, Step, step_id).id if step_id else None


def _clips(session: Session, viewer: Viewer, meeting: Meeting, clips: Sequence[QueuedClip]) -> None:
    wanted = {one.clip: one.purpose for one in clips}
    if len(wanted) > MAX_CLIPS:
        raise Invalid(f"A meeting has room for {MAX_CLIPS} clips at most. Two or three are plenty.")
    for clip_id in wanted:
        clip = get_visible(session, viewer, Clip, clip_id)
        if clip.video.owner_id != meeting.pairing.coachee_id:
            raise Invalid("That clip is of somebody else. Please choose one of the person you meet.")
    there = {one.clip_id: one for one in meeting.clips}
    for place, (clip_id, purpose) in enumerate(wanted.items(), 1):
        queued = there.get(clip_id) or MeetingClip(clip_id=clip_id)
        queued.position, queued.purpose = place, purpose
        there[clip_id] = queued
    meeting.clips = [there[clip_id] for clip_id in wanted]


def _questions(session: Session, viewer: Viewer, meeting: Meeting, questions: Sequence[str]) -> None:
    texts = [" ".join(text.split()) for text in questions if text.strip()]
    if len(texts) > MAX_QUESTIONS:
        raise Invalid(f"A meeting can carry {MAX_QUESTIONS} questions at most. Two or three are plenty.")
    if any(len(text) > MAX_QUESTION for text in texts):
        raise Invalid(f"A question is too long. Please keep it under {MAX_QUESTION} characters.")
    meeting.questions = [MeetingQuestion(position=place, text=text) for place, text in enumerate(texts, 1)]


def _phases(session: Session, viewer: Viewer, meeting: Meeting, phases: Sequence[PhaseStart]) -> None:
    if len(phases) > MAX_PHASES:
        raise Invalid(f"A meeting can have {MAX_PHASES} phases at most.")
    if any(not 0 <= one.start_ms < _DAY_MS for one in phases):
        raise Invalid("A phase starts somewhere between the start and the end of the meeting.")
    starts = sorted({one.start_ms: one.phase for one in phases}.items())
    meeting.phases = [MeetingPhase(phase=phase, start_ms=start_ms) for start_ms, phase in starts]


def _about(session: Session, viewer: Viewer, meeting: Meeting, about_id: str | None) -> None:
    meeting.about_meeting_id = meeting_to_look_at(session, viewer, meeting, about_id)


def _plain(name: str) -> Callable[[Session, Viewer, Meeting, Any], None]:
    def change(session: Session, viewer: Viewer, meeting: Meeting, value: Any) -> None:
        setattr(meeting, name, clean_text(value, name) if isinstance(value, str) else value)

    return change


_CHANGE: dict[str, Callable[[Session, Viewer, Meeting, Any], None]] = {
    "state": _state,
    "planned_at": _plain("planned_at"),
    "notes": _plain("notes"),
    "praise": _plain("praise"),
    "script": _plain("script"),
    "action_step": _action_step,
    "next_at": _next_at,
    "film": set_film,
    "phases": _phases,
    "about": _about,
    "lesson": _lesson,
    "previous": _previous,
    "library_step": _library_step,
    "model": set_model,
    "clips": _clips,
    "questions": _questions,
}
