"""All of a library in the words of its files: what both exports write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from pennydrop.library.models import Area, Goal, LearningProblem, PlaceKind, Sequence, Step, StepState, Term

Entry = dict[str, Any]


@dataclass(slots=True)
class Contents:
    """What there is, in its order, each thing as a file names its parts; what is empty is left out."""

    areas: list[Entry] = field(default_factory=list)
    problems: list[Entry] = field(default_factory=list)
    terms: list[Entry] = field(default_factory=list)
    goals: list[Entry] = field(default_factory=list)
    steps: list[Entry] = field(default_factory=list)
    """Each with its `goal`, goal by goal."""
    sequences: list[Entry] = field(default_factory=list)


def contents(session: Session, organisation_id: str, only: ColumnElement[bool] | None = None) -> Contents:
    """Return an organisation's library. `only` says which steps may be in it: all of them unless given."""

    def rows(model: type[Any], *order: Any) -> list[Any]:
        query = select(model).where(model.organisation_id == organisation_id).order_by(*order)
        return list(session.scalars(query).unique())

    query = select(Step).join(Step.goal).where(Step.organisation_id == organisation_id)
    query = query.where(true() if only is None else only).order_by(Goal.id, Step.id)
    steps = session.scalars(query).unique().all()
    slugs = {step.id: step.slug for step in steps}
    found = Contents()
    for area in rows(Area, Area.position, Area.id):
        found.areas.append(_entry(slug=area.slug, name=area.name, summary=area.summary))
    for problem in rows(LearningProblem, LearningProblem.position, LearningProblem.id):
        found.problems.append(_entry(slug=problem.slug, name=problem.name, summary=problem.summary))
    for term in rows(Term, Term.slug):
        found.terms.append(
            _entry(slug=term.slug, name=term.name, meaning=term.meaning, synonyms=term.synonyms)
        )
    for goal in rows(Goal, Goal.id):
        problem = goal.learning_problem.slug if goal.learning_problem else ""
        found.goals.append(_entry(slug=goal.slug, wording=goal.wording, area=goal.area.slug, problem=problem))
    found.steps += [_step(step, slugs) for step in steps]
    for sequence in rows(Sequence, Sequence.id):
        places = [
            _place(place.kind, slugs[place.step_id]) for place in sequence.places if place.step_id in slugs
        ]
        found.sequences.append(
            _entry(slug=sequence.slug, name=sequence.name, summary=sequence.summary, steps=places)
        )
    return found


def _step(step: Step, slugs: dict[str, str]) -> Entry:
    return _entry(
        slug=step.slug,
        goal=step.goal.slug,
        action=step.action,
        insight=step.insight,
        criteria=[criterion.text for criterion in step.criteria],
        practice=[task.text for task in step.practice_tasks],
        prompts=[prompt.text for prompt in step.prompts],
        terms=sorted(term.slug for term in step.terms),
        sounds_like=step.sounds_like,
        phases=step.phases,
        subjects=step.subjects,
        state=step.state.value if step.state is StepState.DRAFT else "",
        school=step.school.name if step.school else "",
        based_on=slugs.get(step.based_on_id or "", ""),
    )


def _place(kind: PlaceKind, slug: str) -> str | dict[str, str]:
    return {kind.value: slug} if kind is PlaceKind.KNOWLEDGE else slug


def _entry(**values: Any) -> Entry:
    """What has a value: an export doesn't spell out what isn't there."""
    return {name: value for name, value in values.items() if value}
