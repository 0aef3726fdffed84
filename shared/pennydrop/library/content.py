"""What a step says, as one plain value: the snapshot that versions keep and differences compare."""

from __future__ import annotations

from typing import TypedDict, cast

from pennydrop.library.models import Step, StepVersion


class StepContent(TypedDict):
    goal: str
    area: str
    problem: str
    action: str
    insight: str
    criteria: list[str]
    practice_tasks: list[str]
    prompts: list[str]
    terms: list[str]
    """Names, not ids: a version says what people read then."""
    sounds_like: list[str]
    phases: list[str]
    subjects: list[str]


def content_of(step: Step) -> StepContent:
    """Return what a step says now."""
    problem = step.goal.learning_problem
    return StepContent(
        goal=step.goal.wording,
        area=step.goal.area.name,
        problem=problem.name if problem else "",
        action=step.action,
        insight=step.insight,
        criteria=[criterion.text for criterion in step.criteria],
        practice_tasks=[task.text for task in step.practice_tasks],
        prompts=[prompt.text for prompt in step.prompts],
        terms=sorted(term.name for term in step.terms),
        sounds_like=list(step.sounds_like),
        phases=list(step.phases),
        subjects=list(step.subjects),
    )


def content_at(version: StepVersion) -> StepContent:
    """Return what a step said at that version."""
    return cast(StepContent, version.content)
