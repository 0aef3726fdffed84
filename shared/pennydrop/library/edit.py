"""Writing steps and changing them: drafts in place, published steps as a new version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from pennydrop.access.may import may_curate, may_curate_step
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clock import utcnow
from pennydrop.errors import Conflict, Invalid
from pennydrop.library import wording
from pennydrop.library.find import get_library_step
from pennydrop.library.goals import add_goal
from pennydrop.library.lines import numbered
from pennydrop.library.models import (
    Criterion,
    Goal,
    PracticeTask,
    Prompt,
    Step,
    StepState,
    StepVersion,
    Term,
)
from pennydrop.library.search import forget_step, index_steps
from pennydrop.library.versions import record_version

MAX_NOTE = 500


class StepChangedMeanwhile(Conflict):
    def __init__(self, version: int) -> None:
        super().__init__(
            f"Somebody else changed this step meanwhile: it is at version {version} now. "
            "Copy what you wrote, load the page again and add it."
        )


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal that isn't in the library yet: its wording, and where it belongs (ids or slugs)."""

    wording: str
    area: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion in its new place; `id` says which one it was, None that it is new."""

    text: str
    id: str | None = None


class StepChanges(TypedDict, total=False):
    """What may change about a step; what isn't given stays. Goals and terms by id or slug."""

    goal: str | NewGoal
    action: str
    insight: str
    criteria: Sequence[CriterionLine]
    practice_tasks: Sequence[str]
    prompts: Sequence[str]
    terms: Sequence[str]
    sounds_like: Sequence[str]
    phases: Sequence[str]
    subjects: Sequence[str]


def write_step(session: Session, viewer: Viewer, changes: StepChanges) -> Step:
    """Begin a draft in the trust's library. Goal, action and at least one criterion are needed."""
    may_curate(session, viewer)
    if "goal" not in changes or "action" not in changes or not changes.get("criteria"):
        raise Invalid("A step needs a goal, an action and at least one success criterion.")
    action = wording.action_half(changes["action"])
    step = Step(
        organisation_id=viewer.organisation_id,
        goal=_goal(session, viewer, changes["goal"]),
        slug=free_slug(session, viewer.organisation_id, action),
        action=action,
        insight="",
        sounds_like=[],
        phases=[],
        subjects=[],
        state=StepState.DRAFT,
        version=0,
    )
    session.add(step)
    session.flush()
    _apply(session, viewer, step, changes)
    session.flush()
    session.refresh(step)
    index_steps(session, [step])
    return step


def edit_step(
    session: Session,
    viewer: Viewer,
    step_id: str,
    changes: StepChanges,
    *,
    note: str = "",
    seen_version: int | None = None,
) -> Step:
    """Change what is given. A published step that says something else afterwards has a new version.

    Action steps that were set from it stay as they were set. `seen_version` is the version that was being
    edited: if there is a newer one, nothing is changed. Raises `StepChangedMeanwhile`.
    """
    step = get_library_step(session, viewer, step_id)
    may_curate_step(session, viewer, step)
    if seen_version is not None and seen_version != step.version:
        raise StepChangedMeanwhile(step.version)
    _apply(session, viewer, step, changes)
    step.updated_at = utcnow()
    session.flush()
    record_version(session, step, by=viewer.person_id, note=clean_note(note))
    index_steps(session, [step])
    return step


def delete_draft(session: Session, viewer: Viewer, step_id: str) -> None:
    """Delete a draft that was never published. Raises `Conflict` for anything people may have met."""
    step = get_library_step(session, viewer, step_id)
    may_curate_step(session, viewer, step)
    if step.state is not StepState.DRAFT or _has_versions(session, step):
        raise Conflict("This step has been published, so it is kept. You can take it out of use instead.")
    forget_step(session, step)
    session.delete(step)
    session.flush()


def free_slug(session: Session, organisation_id: str, text: str) -> str:
    """Return a slug for these words that no other step has."""
    base = wording.slug_of(text, longest=60)
    taken = select(Step.slug).where(Step.organisation_id == organisation_id, Step.slug.startswith(base))
    return wording.free_slug(base, session.scalars(taken))


def clean_note(note: str) -> str:
    """Return why something was changed, on one line. Raises `Invalid`."""
    cleaned = wording.one_line(note)
    if len(cleaned) > MAX_NOTE:
        raise Invalid(f"Please say what you changed in fewer than {MAX_NOTE} characters.")
    return cleaned


def _apply(session: Session, viewer: Viewer, step: Step, changes: StepChanges) -> None:
    if "goal" in changes:
        step.goal = _goal(session, viewer, changes["goal"])
    if "action" in changes:
        step.action = wording.action_half(changes["action"])
    if "insight" in changes:
        step.insight = wording.clean_insight(changes["insight"])
    if "criteria" in changes:
        _put_criteria(step, changes["criteria"])
    if "practice_tasks" in changes:
        tasks = wording.clean_lines(changes["practice_tasks"], "practice tasks", wording.MAX_TASK)
        step.practice_tasks = numbered(PracticeTask, step.practice_tasks, tasks)
    if "prompts" in changes:
        prompts = wording.clean_lines(changes["prompts"], "questions", wording.MAX_PROMPT)
        step.prompts = numbered(Prompt, step.prompts, prompts)
    if "terms" in changes:
        step.terms = _terms(session, viewer, changes["terms"])
    if "sounds_like" in changes:
        step.sounds_like = wording.clean_lines(changes["sounds_like"], "sayings", wording.MAX_SAID)
    if "phases" in changes:
        step.phases = wording.clean_slugs(changes["phases"], "phases")
    if "subjects" in changes:
        step.subjects = wording.clean_slugs(changes["subjects"], "subjects")


def _put_criteria(step: Step, lines: Sequence[CriterionLine]) -> None:
    """Criteria keep their identity wherever they move, so that what points at one goes on doing so."""
    texts = wording.clean_criteria([line.text for line in lines])
    mine = {criterion.id: criterion for criterion in step.criteria}
    kept: list[Criterion] = []
    for position, (line, text) in enumerate(zip(lines, texts, strict=True), 1):
        criterion = mine.pop(line.id, None) if line.id is not None else Criterion()
        if criterion is None:
            raise Invalid("That success criterion doesn't belong to this step. Please load the page again.")
        criterion.position, criterion.text = position, text
        kept.append(criterion)
    step.criteria = kept


def _goal(session: Session, viewer: Viewer, wanted: str | NewGoal) -> Goal:
    if isinstance(wanted, str):
        goal = session.scalar(
            select(Goal).where(or_(Goal.id == wanted, Goal.slug == wanted), visible_to(viewer, Goal))
        )
        if goal is None:
            raise Invalid("That goal isn't in the library. Please choose it again.")
        return goal
    words = wording.half(wanted.wording, "goal")
    there = session.scalar(
        select(Goal).where(func.lower(Goal.wording) == words.lower(), visible_to(viewer, Goal))
    )
    return there or add_goal(session, viewer, words=words, area=wanted.area, problem=wanted.problem)


def _terms(session: Session, viewer: Viewer, wanted: Sequence[str]) -> list[Term]:
    names = set(wanted)
    terms = session.scalars(
        select(Term).where(or_(Term.id.in_(names), Term.slug.in_(names)), visible_to(viewer, Term))
    ).all()
    if {name for name in names if not any(name in (term.id, term.slug) for term in terms)}:
        raise Invalid("One of these terms isn't in the shared language. Please choose it again.")
    return list(terms)


def _has_versions(session: Session, step: Step) -> bool:
    query = select(StepVersion.id).where(StepVersion.step_id == step.id).limit(1)
    return session.scalar(query) is not None
