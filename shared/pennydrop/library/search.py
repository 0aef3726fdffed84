"""Searching steps by plain words (“they don't listen when I talk”).

A library has some hundred steps: their words are read in one query and weighed here, which needs no search
engine, works the same in both databases and takes milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.library.models import Goal, Step

MAX_WORDS = 20
_WORD = re.compile(r"[a-z0-9]+")
# Words that say nothing about which step is meant.
_EMPTY = frozenset(
    _WORD.findall(
        "a about all also am an and any are as at be because been but by can cant could did do does "
        "doesnt dont for from get gets getting go goes had has have he her him his how i if in into is "
        "isnt it its just keep keeps let like make me my never no not of off on or our she should so "
        "some such than that the their them then there they theyre this to too up us was we were what "
        "when where which who why will with wont would you your"
    )
)
# How much a word weighs by where it stands: what somebody says herself counts like the wording.
_WORDING, _SAID, _CRITERION, _WHY = 6, 6, 3, 1


def matching(session: Session, viewer: Viewer, q: str) -> list[str]:
    """Return the ids of the steps that fit the words of `q`, best first.

    Words match by their stem (`listen` finds `listening`). More of the words count
    for more than one of them often.
    """
    words = _stems(q)[:MAX_WORDS]
    if not words:
        return []
    unread = (lazyload(Step.practice_tasks), lazyload(Step.prompts))
    found = session.scalars(select(Step).where(visible_to(viewer, Step)).options(*unread)).unique()
    scored = [(_score(step, words), step.id) for step in found]
    enough = 1 if len(words) < 3 else 2
    return [
        step_id
        for (matched, _), step_id in sorted(scored, key=lambda pair: (-pair[0][0], -pair[0][1], pair[1]))
        if matched >= enough
    ]


def _score(step: Step, words: Sequence[str]) -> tuple[int, int]:
    """How many of the words occur, and how weightily."""
    fields = (
        (_WORDING, _stems(f"{_goal(step.goal)} {step.action}")),
        (_SAID, _stems(" ".join(step.sounds_like))),
        (_CRITERION, _stems(" ".join([*_texts(step), *(term.name for term in step.terms)]))),
        (_WHY, _stems(step.insight)),
    )
    weights = [
        max((weight for weight, stems in fields if any(_same(word, stem) for stem in stems)), default=0)
        for word in words
    ]
    return sum(weight > 0 for weight in weights), sum(weights)


def _goal(goal: Goal) -> str:
    return f"{goal.wording} {goal.area.name}"


def _texts(step: Step) -> Iterable[str]:
    return (criterion.text for criterion in step.criteria)


def _same(word: str, stem: str) -> bool:
    return stem == word or (len(word) >= 4 and stem.startswith(word))


def _stems(text: str) -> list[str]:
    words = _WORD.findall(text.lower().replace("'", "").replace("’", ""))
    return list(dict.fromkeys(_stem(word) for word in words if word not in _EMPTY))


def _stem(word: str) -> str:
    """Cut the commonest English endings; crude, but the same on both sides."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
