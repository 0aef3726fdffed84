"""Changing an action step: the coach its wording and state, the coachee her own ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy.orm import Session

from pennydrop.access.may import may_change_action_step, may_tick
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep, ActionStepState, StateChange
from pennydrop.coaching.set_step import clip_that_shows, reason
from pennydrop.errors import Invalid
from pennydrop.library.wording import criterion_text, half


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """One criterion: ticked or not by the coachee, or worded anew by the coach. None leaves it as it is."""

    id: str
    ticked: bool | None = None
    text: str | None = None


class ActionStepChanges(TypedDict, total=False):
    """What may change about an action step; what isn't given stays."""

    state: ActionStepState
    goal: str
    action: str
    why: str
    clip: str | None
    next_observation_at: datetime | None
    criteria: Sequence[CriterionChange]


def change_step(
    session: Session, viewer: Viewer, action_step_id: str, changes: ActionStepChanges
) -> ActionStep:
    """Change what is given. Raises `NotAllowed` where it is the other one's to change."""
    step = get_visible(session, viewer, ActionStep, action_step_id)
    criteria = changes.get("criteria", ())
    if set(changes) - {"criteria"} or any(one.text is not None for one in criteria):
        may_change_action_step(session, viewer, step)
    if any(one.ticked is not None for one in criteria):
        may_tick(session, viewer, step)
    if "goal" in changes:
        step.goal = half(changes["goal"], "goal")
    if "action" in changes:
        step.action = half(changes["action"], "action")
    if "why" in changes:
        step.why = reason(changes["why"])
    if "clip" in changes:
        step.clip_id = clip_that_shows(session, viewer, step.coachee_id, changes["clip"])
    if "next_observation_at" in changes:
        step.next_observation_at = changes["next_observation_at"]
    if "state" in changes and changes["state"] is not step.state:
        step.state = changes["state"]
        step.history.append(StateChange(state=step.state, by_id=viewer.person_id))
    _change_criteria(step, criteria)
    step.updated_at = utcnow()
    session.flush()
    record_change(session, "action_step", step.id, person_id=step.coachee_id)
    return step


def _change_criteria(step: ActionStep, changes: Sequence[CriterionChange]) -> None:
    mine = {criterion.id: criterion for criterion in step.criteria}
    for change in changes:
        criterion = mine.get(change.id)
        if criterion is None:
            raise Invalid("That success criterion doesn't belong to this step. Please load the page again.")
        if change.text is not None:
            criterion.text = criterion_text(change.text)
        if change.ticked is False:
            criterion.ticked_at = None
        elif change.ticked and criterion.ticked_at is None:
            criterion.ticked_at = utcnow()
