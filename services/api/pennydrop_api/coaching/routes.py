"""Action steps, today and the coach's desk over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query, status
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.coaching.change_step import change_step
from pennydrop.coaching.desk import desk
from pennydrop.coaching.evidence import add_evidence, remove_evidence
from pennydrop.coaching.find import get_step, list_steps
from pennydrop.coaching.models import ActionStep, ActionStepState
from pennydrop.coaching.places import say_where
from pennydrop.coaching.set_step import set_step
from pennydrop.coaching.suggest import suggest_steps
from pennydrop.coaching.thread import Knot, thread, thread_of
from pennydrop.coaching.today import today
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop_api import routing
from pennydrop_api.coaching.present import desk_row_out, step_out, steps_out, today_out
from pennydrop_api.coaching.present_thread import knots_out
from pennydrop_api.coaching.schemas import (
    ActionStepChange,
    ActionStepIn,
    ActionStepOut,
    ActionStepPage,
    DeskOut,
    EvidenceIn,
    SeenIn,
    SuggestedStep,
    SuggestedSteps,
    ThreadOut,
    TodayOut,
)
from pennydrop_api.deps import SessionDep, StoreDep, ViewerDep
from pennydrop_api.library.present import summary_out

router = routing.router(tags=["coaching"])


@router.get("/action-steps", operation_id="list_action_steps")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    coachee: Annotated[str | None, Query(description="A person's id, or me")] = None,
    state: ActionStepState | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> ActionStepPage:
    page = list_steps(session, viewer, coachee=coachee, state=state, cursor=cursor, limit=limit)
    return ActionStepPage(items=steps_out(session, viewer, page.items), next_cursor=page.next_cursor)


@router.post("/action-steps", operation_id="set_action_step", status_code=status.HTTP_201_CREATED)
def add(session: SessionDep, viewer: ViewerDep, body: ActionStepIn) -> ActionStepOut:
    """Set a step for somebody I coach; wording and criteria are copied in and never change by themselves."""
    return step_out(session, viewer, set_step(session, viewer, **body.model_dump()))


@router.get("/action-steps/{action_step_id}", operation_id="get_action_step")
def get(session: SessionDep, viewer: ViewerDep, action_step_id: str) -> ActionStepOut:
    return step_out(session, viewer, get_step(session, viewer, action_step_id))


@router.patch("/action-steps/{action_step_id}", operation_id="change_action_step")
def change(
    session: SessionDep, viewer: ViewerDep, action_step_id: str, body: ActionStepChange
) -> ActionStepOut:
    """The coach changes wording, reason, clip and state; the coachee ticks her own criteria."""
    return step_out(session, viewer, change_step(session, viewer, action_step_id, body.changes()))


@router.post(
    "/action-steps/{action_step_id}/evidence",
    operation_id="add_evidence",
    status_code=status.HTTP_201_CREATED,
)
def evidence(session: SessionDep, viewer: ViewerDep, action_step_id: str, body: EvidenceIn) -> ActionStepOut:
    """Add a clip, a video or a few words; the step comes back with all of its evidence."""
    return step_out(session, viewer, add_evidence(session, viewer, action_step_id, **body.model_dump()))


@router.delete(
    "/action-steps/{action_step_id}/evidence/{evidence_id}",
    operation_id="remove_evidence",
    status_code=status.HTTP_204_NO_CONTENT,
)
def take_away(session: SessionDep, viewer: ViewerDep, action_step_id: str, evidence_id: str) -> None:
    """Take away evidence that I added. The clip or the video stays."""
    remove_evidence(session, viewer, action_step_id, evidence_id)


@router.get("/action-steps/{action_step_id}/thread", operation_id="get_thread")
def strip(session: SessionDep, viewer: ViewerDep, action_step_id: str) -> ThreadOut:
    """The step's story on film: praise, the moment, the model, each take, the next lesson."""
    step, knots = thread(session, viewer, action_step_id)
    return _thread(session, viewer, step, knots)


@router.put("/action-steps/{action_step_id}/places", operation_id="say_where")
def say(
    session: SessionDep, viewer: ViewerDep, store: StoreDep, action_step_id: str, body: SeenIn
) -> ThreadOut:
    """Say where in a take or a model a criterion is to be seen. The thread comes back with all its places."""
    step = say_where(session, viewer, action_step_id, store=store, **body.model_dump())
    return _thread(session, viewer, step, thread_of(session, viewer, step))


def _thread(session: Session, viewer: Viewer, step: ActionStep, knots: Sequence[Knot]) -> ThreadOut:
    items = knots_out(session, viewer, step, knots)
    return ThreadOut(action_step=step.id, wording=step.wording, items=items)


@router.get("/clips/{clip_id}/steps", operation_id="suggest_steps")
def suggest(session: SessionDep, viewer: ViewerDep, clip_id: str) -> SuggestedSteps:
    """Which steps of the library a clip calls for: for her coach, who can set one of them."""
    found = suggest_steps(session, viewer, clip_id)
    return SuggestedSteps(
        items=[SuggestedStep(step=summary_out(one.step), because=one.because) for one in found]
    )


@router.get("/today", operation_id="today")
def my_day(session: SessionDep, viewer: ViewerDep) -> TodayOut:
    """My present step, its clips, and what others did for me lately."""
    return today_out(session, viewer, today(session, viewer))


@router.get("/desk", operation_id="desk")
def my_desk(session: SessionDep, viewer: ViewerDep) -> DeskOut:
    """Those I coach: their present steps and what there is to watch. Dates only, no judging."""
    return DeskOut(items=[desk_row_out(row) for row in desk(session, viewer)])
