"""An action step for a coach who is stuck: problem → goal → step → the words for her coachee's situation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.library.filters import Filters
from pennydrop.library.find import get_library_step, list_goals, list_library_steps, list_problems
from pennydrop.library.models import Goal, LearningProblem, Step
from pennydrop.library.wording import action_half, one_line

# Words that a situation may begin with. Without one it gets an “in”: “guided reading” is like a place.
_JOINERS = frozenset(
    {"in", "at", "during", "when", "while", "before", "after", "on", "as", "for", "whenever"}
)
_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Draft:
    """The step as it can be set: nothing in it but the situation is new."""

    step_id: str
    goal: str
    action: str
    criteria: list[str]
    why: str


@dataclass(frozen=True, slots=True)
class Built:
    problems: Sequence[LearningProblem]
    goals: Sequence[tuple[Goal, int]]
    steps: Sequence[Step]
    draft: Draft | None


def build(
    session: Session,
    viewer: Viewer,
    *,
    problem: str | None = None,
    goal: str | None = None,
    step: str | None = None,
    when: str = "",
    who: str = "",
) -> Built:
    """Return what there is to choose from after these choices, each an id or a slug.

    Goals without a step aren't offered. Raises `NotFound` for a step that isn't there.
    """
    goals = [
        (one, steps)
        for one, steps in list_goals(session, viewer)
        if steps and problem is not None and _is_about(one, problem)
    ]
    steps: Sequence[Step] = ()
    if goal is not None:
        steps = list_library_steps(session, viewer, filters=Filters(goal=goal), limit=_AT_MOST).items
    chosen = get_library_step(session, viewer, step) if step is not None else None
    return Built(
        problems=list_problems(session, viewer),
        goals=sorted(goals, key=lambda pair: -pair[1]),
        steps=steps,
        draft=_draft(chosen, when, who) if chosen is not None else None,
    )


def in_context(action: str, when: str = "", who: str = "") -> str:
    """Return an action in the words of a situation.

    “waiting for every eye” becomes “waiting for every eye with my Year 2 group, in guided reading”. Raises
    `Invalid` when that is longer than a wording can be.
    """
    with_whom, situation = one_line(who).rstrip("."), one_line(when).rstrip(".")
    if with_whom and with_whom.lower().split()[0] not in ("with", "for"):
        with_whom = f"with {with_whom}"
    if situation and situation.lower().split()[0] not in _JOINERS:
        situation = f"in {situation}"
    worded = " ".join(part for part in (action, with_whom) if part)
    return action_half(f"{worded}, {situation}" if situation else worded)


def _draft(step: Step, when: str, who: str) -> Draft:
    return Draft(
        step_id=step.id,
        goal=step.goal.wording,
        action=in_context(step.action, when, who),
        criteria=[criterion.text for criterion in step.criteria],
        why=step.insight,
    )


def _is_about(goal: Goal, problem: str) -> bool:
    found = goal.learning_problem
    return found is not None and problem in (found.id, found.slug)
