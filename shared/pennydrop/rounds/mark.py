"""Marking a round against its criteria: each for herself, and of a model the coachee first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_rehearse import may_mark_for
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clock import utcnow
from pennydrop.errors import Conflict, Invalid, NotAllowed
from pennydrop.meetings.models import Meeting
from pennydrop.rounds.models import Mark, MarkValue, Round, RoundKind


@dataclass(frozen=True, slots=True)
class MarkChange:
    """One criterion as one person saw it; None takes the mark back. `person` is None for oneself."""

    criterion: str
    value: MarkValue | None
    person: str | None = None


class ModelIsTheirsFirst(Conflict):
    def __init__(self, coachee: str) -> None:
        super().__init__(f"{coachee} marks the model first. Then it is your turn.")


def set_marks(session: Session, viewer: Viewer, one: Round, changes: Sequence[MarkChange]) -> None:
    """Set what is given. Raises `NotAllowed`, `Invalid`, `ModelIsTheirsFirst`."""
    coachee_id = one.action_step.coachee_id
    meeting = _meeting_of(session, viewer, one)
    criteria = {criterion.id for criterion in one.action_step.criteria}
    # The coachee's own come first, so that one request may carry both.
    for change in sorted(changes, key=lambda change: (change.person or viewer.person_id) != coachee_id):
        person_id = change.person or viewer.person_id
        may_mark_for(session, viewer, one, person_id, meeting)
        if change.criterion not in criteria:
            raise Invalid("That success criterion doesn't belong to this step. Please load the page again.")
        _set(viewer, one, change, person_id)
    session.flush()


def _set(viewer: Viewer, one: Round, change: MarkChange, person_id: str) -> None:
    coachee = one.action_step.coachee
    there = {(mark.criterion_id, mark.person_id): mark for mark in one.marks}
    mark = there.get((change.criterion, person_id))
    if mark is not None and mark.entered_by_id == person_id != viewer.person_id:
        raise NotAllowed(f"{coachee.name} has marked this herself.")
    if change.value is None:
        if mark is not None:
            one.marks.remove(mark)
        return
    her_turn = one.kind is RoundKind.MODEL and (change.criterion, coachee.id) not in there
    if her_turn and person_id != coachee.id:
        raise ModelIsTheirsFirst(coachee.name)
    if mark is None:
        mark = Mark(criterion_id=change.criterion, person_id=person_id)
        one.marks.append(mark)
    mark.value, mark.entered_by_id, mark.created_at = change.value, viewer.person_id, utcnow()


def _meeting_of(session: Session, viewer: Viewer, one: Round) -> Meeting | None:
    """Return the meeting of a round, where it is one of the viewer's."""
    return session.scalar(select(Meeting).where(Meeting.id == one.meeting_id, visible_to(viewer, Meeting)))
