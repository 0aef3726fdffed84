"""Which steps of the library a viewer sees."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from pennydrop.access.ties import schools_led
from pennydrop.access.viewer import Viewer
from pennydrop.library.models import Step, StepState


def step_visible(viewer: Viewer, step: Any = Step) -> ColumnElement[bool]:
    """What is published, by the trust and by one's own school; drafts for those who curate them."""
    inside: ColumnElement[bool] = step.organisation_id == viewer.organisation_id
    if viewer.is_admin:
        return inside
    led = schools_led(viewer)
    curated = or_(and_(step.school_id.is_(None), led.exists()), step.school_id.in_(led))
    return and_(inside, or_(step_published(viewer, step), curated))


def step_published(viewer: Viewer, step: Any = Step) -> ColumnElement[bool]:
    """What everybody of the viewer's school finds: the trust's published steps, and the school's own."""
    within_reach = or_(step.school_id.is_(None), step.school_id == viewer.school_id)
    inside = step.organisation_id == viewer.organisation_id
    return and_(inside, step.state == StepState.PUBLISHED, within_reach)
