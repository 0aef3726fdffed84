"""Finding what is in the library of one's organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence as Many
from dataclasses import dataclass
from typing import Any

from sqlalchemy import SQLColumnExpression, func, or_, select
from sqlalchemy.orm import Session, lazyload

from pennydrop.access.may import may_curate
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.errors import NotFound
from pennydrop.library.filters import Filters, in_use, narrowed, place_in
from pennydrop.library.models import (
    Area,
    Goal,
    LearningProblem,
    PlaceKind,
    Sequence,
    Step,
    StepState,
    StepTerm,
    Term,
    worded,
)
from pennydrop.library.search import matching
from pennydrop.paging import DEFAULT_LIMIT, CursorInvalid, Page

EVERYTHING = Filters()


def list_library_steps(
    session: Session,
    viewer: Viewer,
    *,
    q: str | None = None,
    filters: Filters = EVERYTHING,
    curating: bool = False,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Step]:
    """Return steps: by how well they fit `q`, else in the order of their sequence, or of areas and goals.

    They are those that the viewer's school uses; `curating` shows those who may change the library all of
    it, drafts and schools' own copies included. The cursor counts steps: a library changes seldom.
    """
    start = _offset(cursor)
    if curating:
        may_curate(session, viewer)
    query = select(Step.id).join(Step.goal).join(Goal.area)
    query = narrowed(query.where(visible_to(viewer, Step) if curating else in_use(viewer)), filters)
    if q is not None and q.strip():
        allowed = set(session.scalars(query).all())
        ids = [step_id for step_id in matching(session, viewer, q) if step_id in allowed]
    else:
        ids = list(session.scalars(query.order_by(*_order(filters))).all())
    more = len(ids) > start + limit
    return Page(steps_by_id(session, ids[start : start + limit]), str(start + limit) if more else None)


def _order(filters: Filters) -> list[SQLColumnExpression[Any]]:
    """Steps of a sequence build on each other; all others go by what they are about."""
    by_area: list[SQLColumnExpression[Any]] = [Area.position, Area.slug, Goal.id, Step.id]
    return by_area if filters.sequence is None else [place_in(filters.sequence), *by_area]


def steps_by_id(session: Session, ids: Many[str]) -> list[Step]:
    """Return the steps of these ids in their order; whoever asks has made sure that they may be seen."""
    # Lists show wording and criteria; the rest is read when somebody opens one.
    unread = (lazyload(Step.practice_tasks), lazyload(Step.prompts), lazyload(Step.terms))
    query = select(Step).where(Step.id.in_(ids)).options(*unread)
    steps = {step.id: step for step in session.scalars(query).unique()}
    return [steps[step_id] for step_id in ids if step_id in steps]


def get_library_step(session: Session, viewer: Viewer, step_id: str) -> Step:
    """Return one step by its id or slug. Raises `NotFound`."""
    step = session.scalar(
        select(Step).where(or_(Step.id == step_id, Step.slug == step_id), visible_to(viewer, Step))
    )
    if step is None:
        raise NotFound("That step isn't in the library.")
    return step


def stand_in(session: Session, viewer: Viewer, step: Step) -> Step | None:
    """Return the copy by which the viewer's own school replaces this step, if there is one."""
    query = select(Step).where(
        Step.based_on_id == step.id,
        Step.school_id == viewer.school_id,
        visible_to(viewer, Step),
    )
    return session.scalar(query)


def list_areas(session: Session, viewer: Viewer) -> Many[Area]:
    return session.scalars(
        select(Area).where(visible_to(viewer, Area)).order_by(Area.position, Area.slug)
    ).all()


def list_problems(session: Session, viewer: Viewer) -> Many[LearningProblem]:
    query = select(LearningProblem).where(visible_to(viewer, LearningProblem))
    return session.scalars(query.order_by(LearningProblem.position, LearningProblem.slug)).all()


def list_goals(session: Session, viewer: Viewer) -> list[tuple[Goal, int]]:
    """Return every goal with the number of its steps."""
    counts = select(Step.goal_id, func.count()).where(in_use(viewer)).group_by(Step.goal_id)
    steps = dict(session.execute(counts).all())
    goals = session.scalars(select(Goal).where(visible_to(viewer, Goal)).order_by(Goal.id))
    return [(goal, steps.get(goal.id, 0)) for goal in goals]


@dataclass(frozen=True, slots=True)
class NamedStep:
    """A step as something else names it."""

    id: str
    slug: str
    wording: str


def list_terms(session: Session, viewer: Viewer) -> list[tuple[Term, list[NamedStep]]]:
    """Return every term of the shared language with the steps that introduce it."""
    terms = session.scalars(select(Term).where(visible_to(viewer, Term)).order_by(Term.name)).all()
    steps: dict[str, list[NamedStep]] = {term.id: [] for term in terms}
    # A large library has thousands of such pairs: whole steps would take a second.
    rows = select(StepTerm.term_id, Step.id, Step.slug, Goal.wording, Step.action)
    rows = rows.join(Step, Step.id == StepTerm.step_id).join(Goal, Goal.id == Step.goal_id)
    rows = rows.where(StepTerm.term_id.in_(steps), in_use(viewer)).order_by(Step.id)
    for term_id, step_id, slug, goal, action in session.execute(rows):
        steps[term_id].append(NamedStep(step_id, slug, worded(goal, action)))
    return [(term, steps[term.id]) for term in terms]


def list_sequences(session: Session, viewer: Viewer) -> list[tuple[Sequence, list[tuple[PlaceKind, Step]]]]:
    """Return every sequence with its steps in order, each as the viewer's school words it.

    A place whose step is out of use is left out.
    """
    found = session.scalars(select(Sequence).where(visible_to(viewer, Sequence)).order_by(Sequence.id)).all()
    ids = {place.step_id for sequence in found for place in sequence.places}
    query = select(Step).where(or_(Step.id.in_(ids), Step.based_on_id.in_(ids)), in_use(viewer))
    steps: dict[str | None, Step] = {}
    for step in session.scalars(query).unique():
        steps[step.id] = steps[step.based_on_id] = step
    return [
        (
            sequence,
            [(place.kind, steps[place.step_id]) for place in sequence.places if place.step_id in steps],
        )
        for sequence in found
    ]


@dataclass(frozen=True, slots=True)
class Tags:
    """Phases and subjects that steps in use have, with how many of them."""

    phases: dict[str, int]
    subjects: dict[str, int]
    generic: int


def list_tags(session: Session, viewer: Viewer) -> Tags:
    """Return what can be filtered by, besides areas, goals and terms."""
    phases, subjects, generic = Counter[str](), Counter[str](), 0
    rows = session.execute(select(Step.phases, Step.subjects).where(in_use(viewer)))
    for its_phases, its_subjects in rows:
        phases.update(its_phases)
        subjects.update(its_subjects)
        generic += not its_subjects
    return Tags(dict(sorted(phases.items())), dict(sorted(subjects.items())), generic)


def count_drafts(session: Session, viewer: Viewer) -> int:
    """How many drafts wait for those who curate."""
    query = select(func.count()).select_from(Step).where(visible_to(viewer, Step))
    return session.scalar(query.where(Step.state == StepState.DRAFT)) or 0


def _offset(cursor: str | None) -> int:
    if not cursor:
        return 0
    if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > 6:
        raise CursorInvalid
    return int(cursor)
