"""Which steps of the library are meant: by area, goal, problem, term, sequence, phase, subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.library.models import (
    Area,
    Goal,
    LearningProblem,
    Sequence,
    SequencePlace,
    Step,
    StepState,
    StepTerm,
    Term,
)

GENERIC = "generic"
"""The subject of steps that have none."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Narrows a list of steps; None leaves it as wide as it is. Things are named by their ids or slugs."""

    area: str | None = None
    goal: str | None = None
    problem: str | None = None
    term: str | None = None
    sequence: str | None = None
    phase: str | None = None
    """Steps for this phase, and those that fit every phase."""
    subject: str | None = None
    """Steps of this subject alone; `generic` for those of none."""
    state: StepState | None = None


def in_use(viewer: Viewer) -> ColumnElement[bool]:
    """The library as the viewer's school uses it: published, its own copies in place of the trust's steps."""
    own = select(Step.based_on_id).where(
        Step.school_id == viewer.school_id,
        Step.state == StepState.PUBLISHED,
        Step.based_on_id.is_not(None),
    )
    return and_(
        visible_to(viewer, Step),
        Step.state == StepState.PUBLISHED,
        or_(Step.school_id.is_(None), Step.school_id == viewer.school_id),
        Step.id.not_in(own),
    )


def narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    """Return the query, which joins `Step`, its `Goal` and its `Area`, with the filters' conditions."""
    if filters.area is not None:
        query = query.where(_named(Area, filters.area))
    if filters.goal is not None:
        query = query.where(_named(Goal, filters.goal))
    if filters.problem is not None:
        problems = select(LearningProblem.id).where(_named(LearningProblem, filters.problem))
        query = query.where(Goal.learning_problem_id.in_(problems))
    if filters.term is not None:
        named = select(StepTerm.step_id).join(Term, Term.id == StepTerm.term_id)
        query = query.where(Step.id.in_(named.where(_named(Term, filters.term))))
    if filters.sequence is not None:
        placed = select(SequencePlace.step_id).join(Sequence, Sequence.id == SequencePlace.sequence_id)
        placed = placed.where(_named(Sequence, filters.sequence))
        # A school's own copy stands in its original's place.
        query = query.where(or_(Step.id.in_(placed), Step.based_on_id.in_(placed)))
    if filters.phase is not None:
        query = query.where(or_(_holds(Step.phases, filters.phase), _empty(Step.phases)))
    if filters.subject == GENERIC:
        query = query.where(_empty(Step.subjects))
    elif filters.subject is not None:
        query = query.where(_holds(Step.subjects, filters.subject))
    if filters.state is not None:
        query = query.where(Step.state == filters.state)
    return query


def place_in(sequence: str) -> ColumnElement[int]:
    """Where in a sequence a step stands, or a school's copy in its original's place."""
    places = select(func.min(SequencePlace.position)).join(Sequence, Sequence.id == SequencePlace.sequence_id)
    mine = or_(SequencePlace.step_id == Step.id, SequencePlace.step_id == Step.based_on_id)
    return places.where(_named(Sequence, sequence), mine).correlate(Step).scalar_subquery()


def _named(model: Any, name: str) -> ColumnElement[bool]:
    return or_(model.id == name, model.slug == name)


def _holds(column: InstrumentedAttribute[list[str]], slug: str) -> ColumnElement[bool]:
    """Whether a JSON list of slugs holds this one: as text, which both databases understand alike."""
    return cast(column, String).contains(f'"{slug}"', autoescape=True)


def _empty(column: InstrumentedAttribute[list[str]]) -> ColumnElement[bool]:
    return cast(column, String) == "[]"
