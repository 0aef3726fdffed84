"""Versions of steps: each says what was published when, by whom and why; none is ever changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_curate_step
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clock import utcnow
from pennydrop.errors import NotFound
from pennydrop.library.content import content_of
from pennydrop.library.find import get_library_step
from pennydrop.library.models import Step, StepState, StepVersion


def record_version(session: Session, step: Step, *, by: str | None, note: str = "") -> bool:
    """Keep what a published step says as its next version, and say whether there was anything new to keep.

    A draft has no versions in the making: it is recorded when it is published.
    """
    if step.state is StepState.DRAFT:
        return False
    newest = _newest(session, step)
    content = content_of(step)
    if newest is not None and newest.content == content:
        return False
    step.version = newest.number + 1 if newest else 1
    step.updated_at = utcnow()
    session.add(_version(step, by=by, note=note))
    session.flush()
    return True


def first_version(step: Step, *, by: str | None, note: str = "") -> StepVersion:
    """Return the first version of a step that is new and published, for the caller to add."""
    step.version = 1
    return _version(step, by=by, note=note)


def list_versions(session: Session, viewer: Viewer, step_id: str) -> Sequence[StepVersion]:
    """Return what a step said over time, newest first, for those who may change it."""
    step = get_library_step(session, viewer, step_id)
    may_curate_step(session, viewer, step)
    query = select(StepVersion).where(StepVersion.step_id == step.id, visible_to(viewer, StepVersion))
    return session.scalars(query.order_by(StepVersion.number.desc())).all()


def get_version(session: Session, viewer: Viewer, step: Step, number: int) -> StepVersion:
    """Return one version of a visible step. Raises `NotFound`."""
    found = session.scalar(
        select(StepVersion).where(
            StepVersion.step_id == step.id, StepVersion.number == number, visible_to(viewer, StepVersion)
        )
    )
    if found is None:
        raise NotFound(f"This step has no version {number}.")
    return found


def _version(step: Step, *, by: str | None, note: str) -> StepVersion:
    return StepVersion(
        step_id=step.id, number=step.version, content=content_of(step), changed_by_id=by, note=note
    )


def _newest(session: Session, step: Step) -> StepVersion | None:
    query = select(StepVersion).where(StepVersion.step_id == step.id)
    return session.scalar(query.order_by(StepVersion.number.desc()).limit(1))
