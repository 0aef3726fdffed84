"""Finding what is in the library of one's organisation."""

from __future__ import annotations

from collections.abc import Sequence as Many

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.errors import NotFound
from pennydrop.library.models import Area, Goal, Sequence, Step, StepTerm, Term
from pennydrop.library.search import matching
from pennydrop.paging import DEFAULT_LIMIT, CursorInvalid, Page


def list_library_steps(
    session: Session,
    viewer: Viewer,
    *,
    q: str | None = None,
    area: str | None = None,
    goal: str | None = None,
    term: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Step]:
    """Return steps: by how well they fit `q`, else in the order of areas and goals.

    `area`, `goal` and `term` are ids or slugs. The cursor counts steps: a library changes seldom.
    """
    start = _offset(cursor)
    query = select(Step.id).join(Step.goal).join(Goal.area).where(visible_to(viewer, Step))
    if area is not None:
        query = query.where(or_(Area.id == area, Area.slug == area))
    if goal is not None:
        query = query.where(or_(Goal.id == goal, Goal.slug == goal))
    if term is not None:
        named = select(StepTerm.step_id).join(Term, Term.id == StepTerm.term_id)
        query = query.where(Step.id.in_(named.where(or_(Term.id == term, Term.slug == term))))
    ids = list(session.scalars(query.order_by(Area.position, Area.slug, Goal.id, Step.id)))
    if q is not None and q.strip():
        allowed = set(ids)
        ids = [step_id for step_id in matching(session, viewer, q) if step_id in allowed]
    wanted = ids[start : start + limit]
    steps = {step.id: step for step in session.scalars(select(Step).where(Step.id.in_(wanted))).unique()}
    more = len(ids) > start + limit
    return Page([steps[step_id] for step_id in wanted], str(start + limit) if more else None)


def get_library_step(session: Session, viewer: Viewer, step_id: str) -> Step:
    """Return one step by its id or slug. Raises `NotFound`."""
    step = session.scalar(
        select(Step).where(or_(Step.id == step_id, Step.slug == step_id), visible_to(viewer, Step))
    )
    if step is None:
        raise NotFound("That step isn't in the library.")
    return step


def list_areas(session: Session, viewer: Viewer) -> Many[Area]:
    return session.scalars(
        select(Area).where(visible_to(viewer, Area)).order_by(Area.position, Area.slug)
    ).all()


def list_goals(session: Session, viewer: Viewer) -> list[tuple[Goal, int]]:
    """Return every goal with the number of its steps."""
    counts = select(Step.goal_id, func.count()).where(visible_to(viewer, Step)).group_by(Step.goal_id)
    steps = dict(session.execute(counts).all())
    goals = session.scalars(select(Goal).where(visible_to(viewer, Goal)).order_by(Goal.id))
    return [(goal, steps.get(goal.id, 0)) for goal in goals]


def list_terms(session: Session, viewer: Viewer) -> list[tuple[Term, list[Step]]]:
    """Return every term of the shared language with the steps that introduce it."""
    terms = session.scalars(select(Term).where(visible_to(viewer, Term)).order_by(Term.name)).all()
    steps: dict[str, list[Step]] = {term.id: [] for term in terms}
    rows = select(StepTerm.term_id, Step).join(Step, Step.id == StepTerm.step_id)
    for term_id, step in session.execute(rows.where(StepTerm.term_id.in_(steps)).order_by(Step.id)).unique():
        steps[term_id].append(step)
    return [(term, steps[term.id]) for term in terms]


def list_sequences(session: Session, viewer: Viewer) -> list[tuple[Sequence, list[Step]]]:
    """Return every sequence with its steps in order."""
    found = session.scalars(select(Sequence).where(visible_to(viewer, Sequence)).order_by(Sequence.id)).all()
    ids = {place.step_id for sequence in found for place in sequence.places}
    steps = {step.id: step for step in session.scalars(select(Step).where(Step.id.in_(ids))).unique()}
    return [(sequence, [steps[place.step_id] for place in sequence.places]) for sequence in found]


def _offset(cursor: str | None) -> int:
    if not cursor:
        return 0
    if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > 6:
        raise CursorInvalid
    return int(cursor)
