"""Steps that use the words of another one."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.models import Step
from pennydrop.library.search.ask import found
from pennydrop.library.search.tables import IndexedStep
from pennydrop.library.search.words import EMPTY, plain, words_of

# A step's wording and criteria hold some forty words; rare ones decide, and more would only take time.
_WORDS = 40


def alike(session: Session, viewer: Viewer, step: Step) -> dict[str, float]:
    """Return how well the steps of the viewer's organisation fit the words of this one, by id."""
    said = [step.action, step.goal.wording, *(criterion.text for criterion in step.criteria)]
    words = dict.fromkeys(word for word in words_of(plain(" ".join(said))) if word not in EMPTY)
    rows = select(IndexedStep.id, IndexedStep.step_id)
    steps = dict(session.execute(rows.where(IndexedStep.organisation_id == viewer.organisation_id)).all())
    scores = found(session, [f'"{word}"' for word in list(words)[:_WORDS]])
    return {steps[number]: score for number, score in scores if number in steps and steps[number] != step.id}
