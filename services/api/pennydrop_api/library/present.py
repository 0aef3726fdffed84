"""The library as the contract shows it."""

from __future__ import annotations

from collections.abc import Sequence as Many

from pennydrop.library.models import Area, Goal, Sequence, Step, Term
from pennydrop_api.library.schemas import (
    AreaOut,
    AreaRef,
    CriterionOut,
    GoalOut,
    LearningProblemRef,
    SequenceOut,
    StepOut,
    StepRef,
    StepSummary,
    TermOut,
    TermRef,
)


def summary_out(step: Step) -> StepSummary:
    goal = step.goal
    problem = goal.learning_problem
    return StepSummary(
        id=step.id,
        slug=step.slug,
        goal=goal.wording,
        goal_id=goal.id,
        action=step.action,
        wording=step.wording,
        area=AreaRef(id=goal.area.id, slug=goal.area.slug, name=goal.area.name),
        learning_problem=LearningProblemRef(id=problem.id, slug=problem.slug, name=problem.name)
        if problem
        else None,
        criteria=[CriterionOut(id=one.id, position=one.position, text=one.text) for one in step.criteria],
    )


def step_out(step: Step) -> StepOut:
    return StepOut(
        **summary_out(step).model_dump(),
        insight=step.insight,
        practice_tasks=[task.text for task in step.practice_tasks],
        prompts=[prompt.text for prompt in step.prompts],
        terms=[
            TermRef(id=term.id, slug=term.slug, name=term.name, meaning=term.meaning)
            for term in sorted(step.terms, key=lambda term: term.name)
        ],
        sounds_like=step.sounds_like,
    )


def areas_out(areas: Many[Area], goals: Many[tuple[Goal, int]]) -> list[AreaOut]:
    shown = []
    for area in areas:
        mine = [(goal, steps) for goal, steps in goals if goal.area_id == area.id]
        shown.append(
            AreaOut(
                id=area.id,
                slug=area.slug,
                name=area.name,
                summary=area.summary,
                steps=sum(steps for _, steps in mine),
                goals=[
                    GoalOut(id=goal.id, slug=goal.slug, wording=goal.wording, steps=steps)
                    for goal, steps in mine
                ],
            )
        )
    return shown


def term_out(term: Term, steps: Many[Step]) -> TermOut:
    return TermOut(
        id=term.id,
        slug=term.slug,
        name=term.name,
        meaning=term.meaning,
        steps=[_ref(step) for step in steps],
    )


def sequence_out(sequence: Sequence, steps: Many[Step]) -> SequenceOut:
    return SequenceOut(
        id=sequence.id,
        slug=sequence.slug,
        name=sequence.name,
        summary=sequence.summary,
        steps=[_ref(step) for step in steps],
    )


def _ref(step: Step) -> StepRef:
    return StepRef(id=step.id, slug=step.slug, wording=step.wording)
