"""Setting an action step: the wording and the criteria are copied, so that history is never rewritten."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from pennydrop.access.may import may_coach
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.audit.record import record as record_audit
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import Clip
from pennydrop.coaching.models import ActionStep, ActionStepCriterion
from pennydrop.errors import Invalid
from pennydrop.library.models import Step, StepState
from pennydrop.library.wording import clean_criteria, half

MAX_WHY = 5_000


def set_step(
    session: Session,
    viewer: Viewer,
    *,
    coachee: str,
    step: str | None = None,
    goal: str | None = None,
    action: str | None = None,
    criteria: Sequence[str] | None = None,
    why: str = "",
    clip: str | None = None,
) -> ActionStep:
    """Set one step for somebody the viewer coaches now.

    Wording and criteria come from the library step `step`; whatever is given besides takes its place. Without
    a library step, all three must be given. `clip` is the clip of the coachee that showed why.
    """
    person = may_coach(session, viewer, coachee, sentence="Only her coach can set somebody's step.")
    source = get_visible(session, viewer, Step, step) if step is not None else None
    if source is not None:
        if source.state is StepState.DRAFT:
            raise Invalid("That step is still a draft. Publish it first, then it can be set.")
        goal = source.goal.wording if goal is None else goal
        action = source.action if action is None else action
        criteria = [one.text for one in source.criteria] if criteria is None else criteria
    if goal is None or action is None or criteria is None:
        raise Invalid("Choose a step from the library, or give a goal, an action and its success criteria.")
    row = ActionStep(
        coachee_id=person.id,
        set_by_id=viewer.person_id,
        step_id=source.id if source else None,
        step_version=source.version if source else None,
        clip_id=clip_that_shows(session, viewer, person.id, clip),
        goal=half(goal, "goal"),
        action=half(action, "action"),
        why=reason(why),
    )
    row.criteria = [
        ActionStepCriterion(position=position, text=text)
        for position, text in enumerate(clean_criteria(criteria), 1)
    ]
    session.add(row)
    session.flush()
    if row.clip_id is not None:
        _tie_loose_clip(session, row)
    session.refresh(row)
    record_audit(
        session, viewer, "action_step.set", owner_id=person.id, subject_id=row.id, detail=row.wording
    )
    record_change(session, "action_step", row.id, person_id=person.id)
    return row


def _tie_loose_clip(session: Session, step: ActionStep) -> None:
    """The clip that showed why belongs to the step, unless it hangs on another one already."""
    clip = session.get_one(Clip, step.clip_id)
    if clip.action_step_id is None:
        clip.action_step_id = step.id
        session.flush()


def reason(why: str) -> str:
    """Return why a step was chosen. Raises `Invalid` when that is longer than 5,000 characters."""
    cleaned = why.strip()
    if len(cleaned) > MAX_WHY:
        raise Invalid(f"The reason is too long. Please keep it under {MAX_WHY:,} characters.")
    return cleaned


def clip_that_shows(session: Session, viewer: Viewer, coachee_id: str, clip_id: str | None) -> str | None:
    """Return `clip_id` if it is a clip of the coachee that the viewer sees. Raises `NotFound`, `Invalid`."""
    if clip_id is None:
        return None
    clip = get_visible(session, viewer, Clip, clip_id)
    if clip.video.owner_id != coachee_id:
        raise Invalid("That clip is of somebody else. Please choose one of the person this step is for.")
    return clip.id
