"""Steps that use the words of another one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.models import Step
from pennydrop.library.search.ask import found
from pennydrop.library.search.phrase import Phrase
from pennydrop.library.search.words import EMPTY, words_of
from pennydrop.spelling import plain

# A step's wording and criteria hold some forty words; rare ones decide, and more would only take time.
_WORDS = 40


def alike(session: Session, viewer: Viewer, step: Step) -> dict[str, float]:
    """Return how well the steps of the viewer's organisation fit the words of this one, by id."""
    said = [step.action, step.goal.wording, *(criterion.text for criterion in step.criteria)]
    words = dict.fromkeys(word for word in words_of(plain(" ".join(said))) if word not in EMPTY)
    scores = found(session, viewer.organisation_id, [Phrase(word) for word in list(words)[:_WORDS]])
    return {other: score for other, score in scores if other != step.id}
