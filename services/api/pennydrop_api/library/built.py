"""What the builder shows, as the contract has it."""

from __future__ import annotations

from pennydrop.library.builder import Built
from pennydrop_api.library.present import goal_out, problem_out, summary_out
from pennydrop_api.library.schemas import AreaRef, BuilderGoalOut, BuiltOut, BuiltStepOut


def built_out(built: Built) -> BuiltOut:
    draft = built.draft
    return BuiltOut(
        problems=[problem_out(problem) for problem in built.problems],
        goals=[
            BuilderGoalOut(
                **goal_out(goal, steps).model_dump(),
                area=AreaRef(id=goal.area.id, slug=goal.area.slug, name=goal.area.name),
            )
            for goal, steps in built.goals
        ],
        steps=[summary_out(step) for step in built.steps],
        built=BuiltStepOut(
            step=draft.step_id,
            goal=draft.goal,
            action=draft.action,
            wording=f"{draft.goal} by {draft.action}",
            criteria=draft.criteria,
            why=draft.why,
        )
        if draft
        else None,
    )
