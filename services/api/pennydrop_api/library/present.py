"""The library as the contract shows it."""

from __future__ import annotations

from collections.abc import Sequence as Many

from sqlalchemy.orm import Session

from pennydrop.access.may import curates_step
from pennydrop.access.viewer import Viewer
from pennydrop.exemplars.find import shown_for
from pennydrop.library.content import content_at
from pennydrop.library.difference import Difference
from pennydrop.library.find import NamedStep, stand_in
from pennydrop.library.models import Area, Goal, LearningProblem, PlaceKind, Sequence, Step, StepVersion, Term
from pennydrop.terms.examples import shown_by_term
from pennydrop_api.exemplars.present import exemplars_out
from pennydrop_api.library.schemas import (
    AreaOut,
    AreaRef,
    CriterionOut,
    DifferenceOut,
    GoalOut,
    LearningProblemOut,
    LearningProblemRef,
    LineOut,
    OwnCopyRef,
    SchoolRef,
    SequenceOut,
    SequencePlaceOut,
    StepOut,
    StepRef,
    StepSummary,
    TermOut,
    TermRef,
    TextChangeOut,
    VersionOut,
)
from pennydrop_api.terms.present import examples_out


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
        phases=step.phases,
        subjects=step.subjects,
        state=step.state,
        version=step.version,
        school=SchoolRef(id=step.school.id, name=step.school.name) if step.school else None,
    )


def step_out(session: Session, viewer: Viewer, step: Step) -> StepOut:
    base, own = step.based_on, stand_in(session, viewer, step)
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
        based_on=_ref(base) if base else None,
        base_has_changed=base is not None and base.version > (step.based_on_version or 0),
        own_copy=OwnCopyRef(**_ref(own).model_dump(), state=own.state) if own else None,
        may_curate=curates_step(session, viewer, step),
        exemplars=exemplars_out(session, viewer, shown_for(session, viewer, step)),
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
                goals=[goal_out(goal, steps) for goal, steps in mine],
            )
        )
    return shown


def goal_out(goal: Goal, steps: int) -> GoalOut:
    problem = goal.learning_problem
    return GoalOut(
        id=goal.id,
        slug=goal.slug,
        wording=goal.wording,
        problem=problem.id if problem else None,
        steps=steps,
    )


def terms_out(session: Session, viewer: Viewer, terms: Many[tuple[Term, list[NamedStep]]]) -> list[TermOut]:
    shown = shown_by_term(session, viewer, [term.id for term, _ in terms])
    examples = {one.term.id: one for one in examples_out(session, viewer, list(shown.values()))}
    return [
        TermOut(
            id=term.id,
            slug=term.slug,
            name=term.name,
            meaning=term.meaning,
            synonyms=term.synonyms,
            steps=[_ref(step) for step in steps],
            example=examples.get(term.id),
        )
        for term, steps in terms
    ]


def sequence_out(sequence: Sequence, steps: Many[tuple[PlaceKind, Step]]) -> SequenceOut:
    return SequenceOut(
        id=sequence.id,
        slug=sequence.slug,
        name=sequence.name,
        summary=sequence.summary,
        steps=[SequencePlaceOut(**_ref(step).model_dump(), kind=kind) for kind, step in steps],
    )


def problem_out(problem: LearningProblem) -> LearningProblemOut:
    return LearningProblemOut(id=problem.id, slug=problem.slug, name=problem.name, summary=problem.summary)


def version_out(version: StepVersion) -> VersionOut:
    content = content_at(version)
    return VersionOut(
        number=version.number,
        note=version.note,
        changed_by=version.changed_by.name if version.changed_by else None,
        created_at=version.created_at,
        wording=f"{content['goal']} by {content['action']}",
    )


def difference_out(old_name: str, new_name: str, found: Difference) -> DifferenceOut:
    return DifferenceOut(
        old_name=old_name,
        new_name=new_name,
        texts=[TextChangeOut(field=one.field, old=one.old, new=one.new) for one in found.texts],
        lists={
            field: [LineOut(kind=line.kind, old=line.old, new=line.new) for line in lines]
            for field, lines in found.lists.items()
        },
    )


def _ref(step: Step | NamedStep) -> StepRef:
    return StepRef(id=step.id, slug=step.slug, wording=step.wording)
