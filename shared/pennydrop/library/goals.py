"""Goals: what steps are for. A goal's wording is half of theirs: changing it makes new versions of them."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_curate
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.errors import Conflict, Invalid, NotFound
from pennydrop.library import wording
from pennydrop.library.models import Area, Goal, LearningProblem, Step
from pennydrop.library.search import index_steps
from pennydrop.library.versions import record_version

_NOTE = "The goal was reworded"


class GoalThere(Conflict):
    def __init__(self, words: str) -> None:
        super().__init__(f"“{words}” is in the library already.")


class GoalInUse(Conflict):
    def __init__(self, steps: int) -> None:
        how_many = "one step has" if steps == 1 else f"{steps} steps have"
        super().__init__(f"This goal can't be deleted: {how_many} it. Give them another goal first.")


def get_goal(session: Session, viewer: Viewer, goal_id: str) -> Goal:
    """Return one goal by its id or slug. Raises `NotFound`."""
    query = select(Goal).where(or_(Goal.id == goal_id, Goal.slug == goal_id), visible_to(viewer, Goal))
    goal = session.scalar(query)
    if goal is None:
        raise NotFound("That goal isn't in the library.")
    return goal


def write_goal(session: Session, viewer: Viewer, *, words: str, area: str, problem: str | None) -> Goal:
    """Add a goal to the trust's library; `area` and `problem` by id or slug.

    Raises `GoalThere`, `Invalid`.
    """
    may_curate(session, viewer)
    words = wording.half(words, "goal")
    _must_be_new(session, viewer, words)
    return add_goal(session, viewer, words=words, area=area, problem=problem)


def add_goal(session: Session, viewer: Viewer, *, words: str, area: str, problem: str | None) -> Goal:
    """Add a goal whose wording is tidied, and known to be new. Raises `Invalid`."""
    base = wording.slug_of(words, longest=60)
    taken = session.scalars(select(Goal.slug).where(visible_to(viewer, Goal), Goal.slug.startswith(base)))
    goal = Goal(
        organisation_id=viewer.organisation_id,
        area=_area(session, viewer, area),
        learning_problem=_problem(session, viewer, problem),
        slug=wording.free_slug(base, taken),
        wording=words,
    )
    session.add(goal)
    session.flush()
    return goal


def edit_goal(
    session: Session,
    viewer: Viewer,
    goal_id: str,
    *,
    words: str | None = None,
    area: str | None = None,
    problem: str | None = None,
    no_problem: bool = False,
) -> Goal:
    """Change what is given, and with it every step of this goal. Raises `GoalThere`, `Invalid`."""
    may_curate(session, viewer)
    goal = get_goal(session, viewer, goal_id)
    if words is not None:
        words = wording.half(words, "goal")
        _must_be_new(session, viewer, words, besides=goal)
        goal.wording = words
    if area is not None:
        goal.area = _area(session, viewer, area)
    if problem is not None or no_problem:
        goal.learning_problem = _problem(session, viewer, problem)
    session.flush()
    steps = list(session.scalars(select(Step).where(Step.goal_id == goal.id)).unique())
    for step in steps:
        record_version(session, step, by=viewer.person_id, note=_NOTE)
    index_steps(session, steps)
    return goal


def delete_goal(session: Session, viewer: Viewer, goal_id: str) -> None:
    """Delete a goal that no step has, drafts and schools' own copies counted. Raises `GoalInUse`."""
    may_curate(session, viewer)
    goal = get_goal(session, viewer, goal_id)
    steps = session.scalar(select(func.count()).select_from(Step).where(Step.goal_id == goal.id)) or 0
    if steps:
        raise GoalInUse(steps)
    session.delete(goal)
    session.flush()


def _must_be_new(session: Session, viewer: Viewer, words: str, besides: Goal | None = None) -> None:
    query = select(Goal).where(func.lower(Goal.wording) == words.lower(), visible_to(viewer, Goal))
    if any(goal is not besides for goal in session.scalars(query)):
        raise GoalThere(words)


def _area(session: Session, viewer: Viewer, wanted: str) -> Area:
    query = select(Area).where(or_(Area.id == wanted, Area.slug == wanted), visible_to(viewer, Area))
    area = session.scalar(query)
    if area is None:
        raise Invalid("Please choose the area this goal belongs to.")
    return area


def _problem(session: Session, viewer: Viewer, wanted: str | None) -> LearningProblem | None:
    if not wanted:
        return None
    named = or_(LearningProblem.id == wanted, LearningProblem.slug == wanted)
    problem = session.scalar(select(LearningProblem).where(named, visible_to(viewer, LearningProblem)))
    if problem is None:
        raise Invalid("That learning problem isn't in the library. Please choose it again.")
    return problem
