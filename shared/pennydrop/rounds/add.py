"""Adding a round: in a meeting or between meetings, by the coachee alone too, filmed or not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_run
from pennydrop.access.may_rehearse import may_add_round, may_give_feedback, may_reflect
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.changes.feed import record as record_change
from pennydrop.coaching.models import ActionStep
from pennydrop.errors import Conflict
from pennydrop.meetings.models import Meeting, MeetingState
from pennydrop.moments.rules import clean_text
from pennydrop.rounds.film import give_film
from pennydrop.rounds.mark import MarkChange, set_marks
from pennydrop.rounds.models import Round, RoundKind

# A step that takes more tries than this is two steps.
MAX_ROUNDS = 300


class NoStepAgreed(Conflict):
    def __init__(self) -> None:
        super().__init__("Please agree the step first: rounds are tried against its success criteria.")


class MeetingNotRunning(Conflict):
    def __init__(self) -> None:
        super().__init__("This meeting isn't going on. Start it first, or rehearse on the step's own page.")


def add_round(
    session: Session,
    viewer: Viewer,
    action_step_id: str,
    *,
    kind: RoundKind = RoundKind.REHEARSAL,
    video: str | None = None,
    feedback: str = "",
    reflection: str = "",
    marks: Sequence[MarkChange] = (),
) -> Round:
    """Add a round outside any meeting; the coachee does so alone."""
    step = get_visible(session, viewer, ActionStep, action_step_id)
    return _add(session, viewer, step, None, kind, video, feedback, reflection, marks)


def add_meeting_round(
    session: Session,
    viewer: Viewer,
    meeting_id: str,
    *,
    kind: RoundKind = RoundKind.REHEARSAL,
    video: str | None = None,
    feedback: str = "",
    reflection: str = "",
    marks: Sequence[MarkChange] = (),
) -> Round:
    """Add a round to a meeting that goes on. Raises `NoStepAgreed`, `MeetingNotRunning`."""
    meeting = get_visible(session, viewer, Meeting, meeting_id)
    may_run(viewer, meeting)
    if meeting.state is not MeetingState.RUNNING:
        raise MeetingNotRunning
    if meeting.action_step_id is None:
        raise NoStepAgreed
    step = get_visible(session, viewer, ActionStep, meeting.action_step_id)
    return _add(session, viewer, step, meeting, kind, video, feedback, reflection, marks)


def _add(
    session: Session,
    viewer: Viewer,
    step: ActionStep,
    meeting: Meeting | None,
    kind: RoundKind,
    video: str | None,
    feedback: str,
    reflection: str,
    marks: Sequence[MarkChange],
) -> Round:
    may_add_round(session, viewer, step, kind, meeting)
    one = _begun_with(session, viewer, step, kind, video)
    if one is None:
        one = next_round(session, step, kind, meeting.id if meeting else None, by=viewer.person_id)
        give_film(session, viewer, one, video)
    elif meeting is not None and one.meeting_id is None:
        one.meeting_id = meeting.id
    if feedback.strip():
        may_give_feedback(session, viewer, one)
        one.feedback = clean_text(feedback, "feedback")
    if reflection.strip():
        may_reflect(viewer, one)
        one.reflection = clean_text(reflection, "reflection")
    set_marks(session, viewer, one, marks)
    record_change(session, "round", one.id, person_id=step.coachee_id)
    return one


def _begun_with(
    session: Session, viewer: Viewer, step: ActionStep, kind: RoundKind, video: str | None
) -> Round | None:
    """Return the round that began by itself when this film of a go was sent in."""
    if video is None or kind is not RoundKind.REHEARSAL:
        return None
    found = select(Round).where(
        Round.action_step_id == step.id,
        Round.kind == kind,
        Round.video_id == video,
        visible_to(viewer, Round),
    )
    return session.scalar(found)


def next_round(
    session: Session, step: ActionStep, kind: RoundKind, meeting_id: str | None, *, by: str
) -> Round:
    """Add the next round of its kind to a step, whoever may."""
    # Two devices may say "again" at once: each is to get a number of its own.
    session.execute(select(ActionStep.id).where(ActionStep.id == step.id).with_for_update())
    count, latest = session.execute(
        select(func.count(), func.max(Round.number)).where(
            Round.action_step_id == step.id, Round.kind == kind
        )
    ).one()
    if count >= MAX_ROUNDS:
        raise Conflict("This step has a great many rounds already. Perhaps it is time for the next one.")
    one = Round(
        action_step_id=step.id,
        action_step=step,
        meeting_id=meeting_id,
        kind=kind,
        number=(latest or 0) + 1,
        created_by_id=by,
    )
    session.add(one)
    session.flush()
    session.refresh(one)
    return one
