"""The starter library keeps to what it promises."""

from __future__ import annotations

from collections import Counter

from pennydrop.library.documents import read
from pennydrop.library.entries import Entries
from pennydrop.library.starter import starter_documents

AREAS = {"behaviour", "curriculum", "communication", "cognition", "assessment"}


def starter() -> Entries:
    entries, problems = read(starter_documents())
    assert [str(problem) for problem in problems] == []
    return entries


def test_every_area_has_a_good_number_of_steps() -> None:
    entries = starter()
    areas = {goal.slug: goal.area for goal in entries.goals}
    counts = Counter(areas[step.goal] for step in entries.steps)
    assert set(counts) == AREAS
    assert min(counts.values()) >= 9
    assert sum(counts.values()) >= 48


def test_every_step_is_whole() -> None:
    incomplete = [
        step.slug
        for step in starter().steps
        if not (
            4 <= len(step.criteria) <= 5
            and 1 <= len(step.practice) <= 2
            and 2 <= len(step.prompts) <= 3
            and 2 <= step.insight.count(". ") + 1 <= 4
            and step.terms
            and step.sounds_like
        )
    ]
    assert incomplete == []


def test_every_step_reads_as_goal_by_action() -> None:
    entries = starter()
    assert [step.slug for step in entries.steps if not step.action.split()[0].endswith("ing")] == []
    assert [goal.slug for goal in entries.goals if goal.wording[0].islower() or goal.wording[-1] == "."] == []


def test_every_term_is_introduced_by_a_step() -> None:
    entries = starter()
    used = {term for step in entries.steps for term in step.terms}
    assert len(entries.terms) >= 25
    assert {term.slug for term in entries.terms} == used


def test_no_text_occurs_twice() -> None:
    texts = Counter(
        text
        for step in starter().steps
        for text in (step.action, step.insight, *step.criteria, *step.practice, *step.prompts)
    )
    assert [text for text, times in texts.items() if times > 1] == []
