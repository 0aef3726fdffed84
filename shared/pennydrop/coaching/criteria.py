"""Criteria of action steps, as moments and clips refer to them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.coaching.models import ActionStep, ActionStepCriterion
from pennydrop.errors import Invalid


def criterion_of(
    session: Session, coachee_id: str, criterion_id: str | None, *, action_step_id: str | None = None
) -> str | None:
    """Return `criterion_id` if it belongs to an action step of the coachee (to that one, where it is given).

    Raises `Invalid` otherwise, and never says whether the criterion exists for somebody else.
    """
    if criterion_id is None:
        return None
    query = (
        select(ActionStepCriterion.id)
        .join(ActionStep, ActionStep.id == ActionStepCriterion.action_step_id)
        .where(ActionStepCriterion.id == criterion_id, ActionStep.coachee_id == coachee_id)
    )
    if action_step_id is not None:
        query = query.where(ActionStep.id == action_step_id)
    if session.scalar(query) is None:
        raise Invalid("That success criterion doesn't belong to this person's step. Please choose it again.")
    return criterion_id


def action_step_of(session: Session, coachee_id: str, action_step_id: str | None) -> str | None:
    """Return `action_step_id` if it is one of the coachee's. Raises `Invalid` otherwise."""
    if action_step_id is None:
        return None
    step = session.get(ActionStep, action_step_id)
    if step is None or step.coachee_id != coachee_id:
        raise Invalid("That action step isn't one of this person's. Please choose it again.")
    return action_step_id


def step_of_criterion(session: Session, criterion_id: str | None) -> str | None:
    """Return the action step a criterion belongs to."""
    criterion = session.get(ActionStepCriterion, criterion_id) if criterion_id else None
    return criterion.action_step_id if criterion else None
