"""Finding action steps."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.coaching.models import ActionStep, ActionStepState
from pennydrop.paging import DEFAULT_LIMIT, Page, id_in


def list_steps(
    session: Session,
    viewer: Viewer,
    *,
    coachee: str | None = None,
    state: ActionStepState | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[ActionStep]:
    """Return the action steps the viewer may see, newest first. `coachee` is an id or `me`."""
    query = select(ActionStep).where(visible_to(viewer, ActionStep)).order_by(ActionStep.id.desc())
    if coachee is not None:
        query = query.where(ActionStep.coachee_id == (viewer.person_id if coachee == "me" else coachee))
    if state is not None:
        query = query.where(ActionStep.state == state)
    if cursor:
        query = query.where(ActionStep.id < id_in(cursor))
    found = session.scalars(query.limit(limit + 1)).all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def get_step(session: Session, viewer: Viewer, action_step_id: str) -> ActionStep:
    """Return one action step. Raises `NotFound` where the viewer may not see it."""
    return get_visible(session, viewer, ActionStep, action_step_id)


def present_steps(session: Session, viewer: Viewer, coachee_ids: Iterable[str]) -> dict[str, ActionStep]:
    """Return each coachee's present step: the newest that isn't mastered yet. Who has none is left out."""
    found = _PRESENT(session, viewer, coachees=list(set(coachee_ids)))
    return {step.coachee_id: step for step in found.scalars()}


def _present(viewer: Viewer) -> Select[ActionStep]:
    newest = (
        select(func.max(ActionStep.id))
        .where(
            ActionStep.coachee_id.in_(bindparam("coachees", expanding=True)),
            ActionStep.state != ActionStepState.MASTERED,
            visible_to(viewer, ActionStep),
        )
        .group_by(ActionStep.coachee_id)
    )
    return select(ActionStep).where(ActionStep.id.in_(newest))


_PRESENT = prepared(_present)
