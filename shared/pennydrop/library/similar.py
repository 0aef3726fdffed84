"""Steps like this one: by what they are for, the terms they share and the words they use."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.filters import in_use
from pennydrop.library.find import get_library_step, steps_by_id
from pennydrop.library.models import Step, StepTerm
from pennydrop.library.search import alike

# What the best match by words is worth, and how much more alike the same goal and each shared term make it.
_WORDS, _GOAL, _TERM = 1.0, 0.5, 0.25


def similar_steps(session: Session, viewer: Viewer, step_id: str, *, limit: int = 6) -> list[Step]:
    """Return the steps of the viewer's library that are most like this one, the most alike first.

    The step itself isn't among them, nor what stands in for it, nor what it stands in for.
    """
    step = get_library_step(session, viewer, step_id)
    rows = session.execute(select(Step.id, Step.goal_id, Step.based_on_id).where(in_use(viewer)))
    others = {
        other: goal
        for other, goal, base in rows
        if other not in (step.id, step.based_on_id) and base not in (step.id, step.based_on_id or "")
    }
    by_words = alike(session, viewer, step)
    best = max(by_words.values(), default=0.0) or 1.0
    scores = {other: _WORDS * by_words.get(other, 0.0) / best for other in others}
    for other, goal in others.items():
        scores[other] += _GOAL * (goal == step.goal_id)
    shared = select(StepTerm.step_id).where(StepTerm.term_id.in_([term.id for term in step.terms]))
    for other in session.scalars(shared):
        if other in scores:
            scores[other] += _TERM
    found = [other for other in sorted(scores, key=lambda one: (-scores[one], one)) if scores[other] > 0]
    return steps_by_id(session, found[:limit])
