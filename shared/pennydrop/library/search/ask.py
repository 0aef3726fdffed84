"""Searching steps by plain words (“they don't listen when I talk”), the best first.

Each idea of the question is looked up for itself, so that a step that meets all of them comes before one that
has many words for one of them. What somebody says herself weighs more than what we think she means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.search.engine import engine_of
from pennydrop.library.search.phrase import Phrase
from pennydrop.library.search.question import ideas, side_by_side
from pennydrop.library.search.tables import IndexedStep
from pennydrop.library.search.typos import meant

_IN_OTHER_WORDS = 0.5
_SIDE_BY_SIDE = 0.5
# How much it counts that a step meets all of the question and not only a part.
_WHOLE = 1.5
# Steps behind so many better ones have only a common word: reading them all would take most of the time.
_MOST = 300
# Results far behind the best one only hide it.
_FAR_BEHIND = 0.2


def matching(session: Session, viewer: Viewer, q: str) -> list[str]:
    """Return the ids of the steps that fit the words of `q`, best first, of the viewer's organisation.

    Whoever asks keeps those that the viewer may see. Words match by their stem (`listen` finds `listening`),
    in other words for the same thing, and with a slip of the finger.
    """
    home, engine = viewer.organisation_id, engine_of(session)
    asked = ideas(
        q,
        known=lambda words: engine.known(session, home, words),
        corrections=lambda word: meant(session, home, word),
    )
    if not asked:
        return []
    count = select(func.count()).select_from(IndexedStep).where(IndexedStep.organisation_id == home)
    known = session.scalar(count) or 0
    parts = [phrases for idea in asked for phrases in (idea.said, idea.meant)]
    *of_ideas, beside = engine.found(session, home, [*parts, side_by_side(q)], _MOST)
    scores, met = defaultdict[str, float](float), defaultdict[str, int](int)
    for said, in_other_words in zip(of_ideas[::2], of_ideas[1::2], strict=True):
        for step_id, score in _scores(said, in_other_words, known).items():
            scores[step_id] += score
            met[step_id] += 1
    for step_id, score in beside:
        scores[step_id] += score * _SIDE_BY_SIDE
    ranked = [(-score * (met[step_id] / len(asked)) ** _WHOLE, step_id) for step_id, score in scores.items()]
    ranked.sort()
    best = ranked[0][0] if ranked else 0.0
    return [step_id for score, step_id in ranked if score <= best * _FAR_BEHIND]


def found(session: Session, home: str, phrases: Sequence[Phrase]) -> list[tuple[str, float]]:
    """Return the steps of an organisation that hold any of these phrases, the best first."""
    return engine_of(session).found(session, home, [phrases], _MOST)[0]


def _scores(
    said: Sequence[tuple[str, float]], in_other_words: Sequence[tuple[str, float]], known: int
) -> dict[str, float]:
    """Return how well each step meets an idea: by what was said, or else in other words.

    The more steps know an idea by some word, the less it says about one of them, however rare the word.
    """
    scores = dict(said)
    holders = len(scores.keys() | dict(in_other_words).keys())
    rarity = log((known + 1) / (holders + 0.5)) / log(known + 1) if known > 1 else 1.0
    for step_id, score in in_other_words:
        scores[step_id] = max(scores.get(step_id, 0.0), score * rarity * _IN_OTHER_WORDS)
    return scores
