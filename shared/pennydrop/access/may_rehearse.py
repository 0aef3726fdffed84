"""What a viewer may do with rounds and the marks in them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from pennydrop.access.ties import coaches_person
from pennydrop.access.viewer import Viewer
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep
from pennydrop.errors import NotAllowed
from pennydrop.meetings.models import Meeting, MeetingState
from pennydrop.rounds.models import Round, RoundKind

# Longer than any school day. Whoever meets again has another meeting.
ONE_SITTING = timedelta(hours=12)


def may_add_round(
    session: Session, viewer: Viewer, step: ActionStep, kind: RoundKind, meeting: Meeting | None
) -> None:
    """A rehearsal: the coachee, alone too, and her coach. A model: her coach; in a meeting, both.

    What belongs to the meeting itself is asked of `may_run`.
    """
    coaching = coaches_person(session, viewer, step.coachee_id)
    if step.coachee_id != viewer.person_id and not coaching:
        raise NotAllowed(f"Only {step.coachee.name} and her coach rehearse this step.")
    if kind is RoundKind.MODEL and meeting is None and not coaching:
        raise NotAllowed("Your coach models a step for you. What you film yourself is a rehearsal.")


def may_give_feedback(session: Session, viewer: Viewer, one: Round) -> None:
    """Between rounds: her coach."""
    if not coaches_person(session, viewer, one.action_step.coachee_id):
        raise NotAllowed("Feedback is your coach's to write. Your own thoughts go into your reflection.")


def may_reflect(viewer: Viewer, one: Round) -> None:
    """The coachee's own words about it."""
    if one.action_step.coachee_id != viewer.person_id:
        raise NotAllowed(f"Only {one.action_step.coachee.name} writes her own reflection.")


def may_change_round(session: Session, viewer: Viewer, one: Round) -> None:
    """Give it its film, say which take is best: the coachee and her coach."""
    mine = one.action_step.coachee_id == viewer.person_id
    if not mine and not coaches_person(session, viewer, one.action_step.coachee_id):
        raise NotAllowed(f"Only {one.action_step.coachee.name} and her coach can change this round.")


def may_remove_round(viewer: Viewer, one: Round) -> None:
    """Who added it; the coachee, every rehearsal of hers."""
    hers = one.kind is RoundKind.REHEARSAL and one.action_step.coachee_id == viewer.person_id
    if not hers and one.created_by_id != viewer.person_id:
        raise NotAllowed(f"{one.created_by.name} added this round, so only she can take it away.")


def may_mark_for(
    session: Session, viewer: Viewer, one: Round, person_id: str, meeting: Meeting | None
) -> None:
    """Mark a round: each for herself. In a meeting at one laptop the coach types what the coachee says."""
    if person_id == viewer.person_id:
        may_change_round(session, viewer, one)
        return
    coachee = one.action_step.coachee
    if person_id != coachee.id or meeting is None or not coaches_person(session, viewer, coachee.id):
        raise NotAllowed("Each of you marks for herself. During a meeting the coach may type for both.")
    if not sit_together(meeting):
        day = f"{meeting.started_at or meeting.created_at:%d %B}".lstrip("0")
        raise NotAllowed(f"You two sat together on {day}. {coachee.name}'s marks are hers to change now.")


def sit_together(meeting: Meeting) -> bool:
    """Whether the two may be at one laptop: the meeting goes on, and began less than twelve hours ago.

    Taking it up again later doesn't count: the coach could do that alone.
    """
    began = meeting.started_at
    return meeting.state is MeetingState.RUNNING and began is not None and utcnow() - began < ONE_SITTING
