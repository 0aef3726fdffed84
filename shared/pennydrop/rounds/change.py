"""Changing a round: its film, feedback, reflection, marks, and whether it is the best take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from sqlalchemy import update
from sqlalchemy.orm import Session

from pennydrop.access.may_rehearse import may_change_round, may_give_feedback, may_reflect, may_remove_round
from pennydrop.access.viewer import Viewer
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.errors import Invalid
from pennydrop.moments.rules import clean_text
from pennydrop.rounds.film import give_film
from pennydrop.rounds.find import get_round
from pennydrop.rounds.mark import MarkChange, set_marks
from pennydrop.rounds.models import Round, RoundKind


class RoundChanges(TypedDict, total=False):
    """What may change about a round; what isn't given stays."""

    video: str | None
    feedback: str
    reflection: str
    is_best: bool
    marks: Sequence[MarkChange]


def change_round(session: Session, viewer: Viewer, round_id: str, changes: RoundChanges) -> Round:
    """Change what is given. Raises `NotAllowed` where it is the other one's to change."""
    one = get_round(session, viewer, round_id)
    if "video" in changes or "is_best" in changes:
        may_change_round(session, viewer, one)
    if "feedback" in changes:
        may_give_feedback(session, viewer, one)
        one.feedback = clean_text(changes["feedback"], "feedback")
    if "reflection" in changes:
        may_reflect(viewer, one)
        one.reflection = clean_text(changes["reflection"], "reflection")
    if "video" in changes:
        give_film(session, viewer, one, changes["video"])
    if "is_best" in changes:
        _call_best(session, one, changes["is_best"])
    set_marks(session, viewer, one, changes.get("marks", ()))
    one.updated_at = utcnow()
    session.flush()
    record_change(session, "round", one.id, person_id=one.action_step.coachee_id)
    return one


def remove_round(session: Session, viewer: Viewer, round_id: str) -> None:
    """Remove a round with its marks. Its film stays; the other rounds keep their numbers."""
    one = get_round(session, viewer, round_id)
    may_remove_round(viewer, one)
    coachee_id = one.action_step.coachee_id
    session.delete(one)
    session.flush()
    note_erased(session, Erased.ROUND, round_id)
    record_change(session, "round", round_id, person_id=coachee_id)


def _call_best(session: Session, one: Round, is_best: bool) -> None:
    if is_best and one.kind is RoundKind.MODEL:
        raise Invalid("The best take is one of the rehearsals, not the model.")
    if is_best:
        others = (Round.action_step_id == one.action_step_id, Round.id != one.id)
        session.execute(update(Round).where(*others).values(is_best=False))
    one.is_best = is_best
