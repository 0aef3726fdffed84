"""Publishing drafts, and taking steps out of use."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.may import may_curate_step
from pennydrop.access.viewer import Viewer
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.errors import Invalid
from pennydrop.library.edit import clean_note
from pennydrop.library.find import get_library_step
from pennydrop.library.models import Step, StepState
from pennydrop.library.versions import record_version


def publish(session: Session, viewer: Viewer, step_id: str, *, note: str = "") -> Step:
    """Let everybody whose library it is find a draft. Publishing what is published already changes nothing.

    A school's own copy takes the place of the trust's step for the people of that school.
    """
    step = get_library_step(session, viewer, step_id)
    may_curate_step(session, viewer, step)
    if not step.criteria:
        raise Invalid("A step needs at least one success criterion before it can be published.")
    step.state = StepState.PUBLISHED
    session.flush()
    record_version(session, step, by=viewer.person_id, note=clean_note(note))
    return step


def withdraw(session: Session, viewer: Viewer, step_id: str) -> Step:
    """Take a step out of use: it is a draft again. Action steps that were set from it stay as they are."""
    step = get_library_step(session, viewer, step_id)
    may_curate_step(session, viewer, step)
    if step.state is StepState.PUBLISHED:
        step.state = StepState.DRAFT
        session.flush()
        note_erased(session, Erased.PUBLICATION, step.id)
    return step
