"""Finding rounds: of a step, and of a meeting."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.coaching.models import ActionStep
from pennydrop.rounds.models import Round


def get_round(session: Session, viewer: Viewer, round_id: str) -> Round:
    """Return one round. Raises `NotFound` where the viewer may not see its step."""
    return get_visible(session, viewer, Round, round_id)


def rounds_of_step(session: Session, viewer: Viewer, action_step_id: str) -> Sequence[Round]:
    """Return every round of one action step, oldest first."""
    step = get_visible(session, viewer, ActionStep, action_step_id)
    return session.scalars(
        select(Round).where(Round.action_step_id == step.id, visible_to(viewer, Round)).order_by(Round.id)
    ).all()


def rounds_of_meeting(session: Session, viewer: Viewer, meeting_id: str) -> Sequence[Round]:
    """Return the rounds of a meeting that the viewer may see, oldest first."""
    return session.scalars(
        select(Round).where(Round.meeting_id == meeting_id, visible_to(viewer, Round)).order_by(Round.id)
    ).all()
