"""The library as one YAML file, in the form that `documents` describes."""

from __future__ import annotations

from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.library.models import Area, Goal, LearningProblem, Sequence, Step, Term

_WIDTH = 110


def to_yaml(session: Session, organisation_id: str) -> str:
    """Return all of an organisation's library; importing it again changes nothing."""

    def rows(model: type[Any], *order: Any) -> list[Any]:
        query = select(model).where(model.organisation_id == organisation_id).order_by(*order)
        return list(session.scalars(query).unique())

    steps: dict[str, list[Step]] = {}
    slugs: dict[str, str] = {}
    for step in rows(Step, Step.id):
        steps.setdefault(step.goal_id, []).append(step)
        slugs[step.id] = step.slug
    content = {
        "areas": [
            _entry(slug=area.slug, name=area.name, summary=area.summary)
            for area in rows(Area, Area.position, Area.id)
        ],
        "problems": [
            _entry(slug=problem.slug, name=problem.name)
            for problem in rows(LearningProblem, LearningProblem.position, LearningProblem.id)
        ],
        "terms": [
            _entry(slug=term.slug, name=term.name, meaning=term.meaning) for term in rows(Term, Term.slug)
        ],
        "goals": [_goal(goal, steps.get(goal.id, [])) for goal in rows(Goal, Goal.id)],
        "sequences": [
            _entry(
                slug=sequence.slug,
                name=sequence.name,
                summary=sequence.summary,
                steps=[slugs[place.step_id] for place in sequence.places],
            )
            for sequence in rows(Sequence, Sequence.id)
        ],
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=_WIDTH)


def _goal(goal: Goal, steps: list[Step]) -> dict[str, Any]:
    entry = _entry(
        slug=goal.slug,
        wording=goal.wording,
        area=goal.area.slug,
        problem=goal.learning_problem.slug if goal.learning_problem else "",
    )
    return entry | {"steps": [_step(step) for step in steps]}


def _step(step: Step) -> dict[str, Any]:
    return _entry(
        slug=step.slug,
        action=step.action,
        insight=step.insight,
        criteria=[criterion.text for criterion in step.criteria],
        practice=[task.text for task in step.practice_tasks],
        prompts=[prompt.text for prompt in step.prompts],
        terms=sorted(term.slug for term in step.terms),
        sounds_like=step.sounds_like,
    )


def _entry(**values: Any) -> dict[str, Any]:
    """What has a value: an export doesn't spell out what isn't there."""
    return {name: value for name, value in values.items() if value}
