"""Searching steps by plain words (“they don't listen when I talk”), the best first.

Each idea of the question is looked up for itself, so that a step that meets all of them comes before one that
has many words for one of them. What somebody says herself weighs more than what we think she means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.search.question import Idea, ideas, side_by_side
from pennydrop.library.search.tables import IndexedStep
from pennydrop.library.search.typos import meant

_IN_OTHER_WORDS = 0.5
_SIDE_BY_SIDE = 0.5
# How much it counts that a step meets all of the question and not only a part.
_WHOLE = 1.5
# Results far behind the best one only hide it.
_FAR_BEHIND = 0.2

# How much a word weighs by where it stands: wording, said, criteria, terms, why, shown.
_FOUND = text(
    "SELECT rowid, -bm25(library_search, 5.0, 8.0, 2.0, 2.0, 0.5, 1.0) FROM library_search "
    "WHERE library_search MATCH :words"
)
_KNOWN = text(
    "SELECT 1 FROM library_search JOIN indexed_steps ON indexed_steps.id = library_search.rowid "
    "WHERE library_search MATCH :words AND indexed_steps.organisation_id = :home LIMIT 1"
)


def matching(session: Session, viewer: Viewer, q: str) -> list[str]:
    """Return the ids of the steps that fit the words of `q`, best first, of the viewer's organisation.

    Whoever asks keeps those that the viewer may see. Words match by their stem (`listen` finds `listening`),
    in other words for the same thing, and with a slip of the finger.
    """
    home = viewer.organisation_id

    def is_known(word: str) -> bool:
        return session.execute(_KNOWN, {"words": f'"{word}"', "home": home}).first() is not None

    asked = ideas(q, is_known=is_known, corrections=lambda word: meant(session, home, word))
    if not asked:
        return []
    steps = dict(
        session.execute(
            select(IndexedStep.id, IndexedStep.step_id).where(IndexedStep.organisation_id == home)
        ).all()
    )
    scores, met = defaultdict[int, float](float), defaultdict[int, int](int)
    for idea in asked:
        for number, score in _scores(session, idea, len(steps)).items():
            scores[number] += score
            met[number] += 1
    for number, score in found(session, side_by_side(q)):
        scores[number] += score * _SIDE_BY_SIDE
    ranked = [
        (-score * (met[number] / len(asked)) ** _WHOLE, steps[number])
        for number, score in scores.items()
        if number in steps
    ]
    ranked.sort()
    best = ranked[0][0] if ranked else 0.0
    return [step_id for score, step_id in ranked if score <= best * _FAR_BEHIND]


def _scores(session: Session, idea: Idea, known: int) -> dict[int, float]:
    """Return how well each step meets an idea: by what was said, or else in other words.

    The more steps know an idea by some word, the less it says about one of them, however rare the word.
    """
    scores, in_other_words = dict(found(session, idea.said)), found(session, idea.meant)
    holders = len(scores.keys() | dict(in_other_words).keys())
    rarity = log((known + 1) / (holders + 0.5)) / log(known + 1) if known > 1 else 1.0
    for number, score in in_other_words:
        scores[number] = max(scores.get(number, 0.0), score * rarity * _IN_OTHER_WORDS)
    return scores


def found(session: Session, phrases: Sequence[str]) -> list[tuple[int, float]]:
    """Return the steps, by number, that hold any of these FTS5 phrases, and how well they fit."""
    if not phrases:
        return []
    rows = session.execute(_FOUND, {"words": " OR ".join(phrases)})
    return [(number, score) for number, score in rows]
