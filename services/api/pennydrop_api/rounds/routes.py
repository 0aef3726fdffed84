"""Rounds over HTTP: between meetings, and whatever changes about one."""

from __future__ import annotations

from fastapi import status

from pennydrop.rounds.add import add_round
from pennydrop.rounds.change import change_round, remove_round
from pennydrop.rounds.find import get_round, rounds_of_step
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.rounds.present import round_out, rounds_out
from pennydrop_api.rounds.schemas import RoundChange, RoundIn, RoundList, RoundOut

router = routing.router(tags=["rounds"])


@router.get("/action-steps/{action_step_id}/rounds", operation_id="list_rounds")
def of_step(session: SessionDep, viewer: ViewerDep, action_step_id: str) -> RoundList:
    """Every model and every rehearsal of one step, in meetings and alone."""
    return RoundList(items=rounds_out(session, viewer, rounds_of_step(session, viewer, action_step_id)))


@router.post(
    "/action-steps/{action_step_id}/rounds", operation_id="add_round", status_code=status.HTTP_201_CREATED
)
def add(session: SessionDep, viewer: ViewerDep, action_step_id: str, body: RoundIn) -> RoundOut:
    """Rehearse outside a meeting: the coachee alone marks herself and writes what she thinks."""
    one = add_round(
        session,
        viewer,
        action_step_id,
        kind=body.kind,
        video=body.video,
        feedback=body.feedback,
        reflection=body.reflection,
        marks=body.changes(),
    )
    return round_out(session, viewer, one)


@router.get("/rounds/{round_id}", operation_id="get_round")
def get(session: SessionDep, viewer: ViewerDep, round_id: str) -> RoundOut:
    return round_out(session, viewer, get_round(session, viewer, round_id))


@router.patch("/rounds/{round_id}", operation_id="change_round")
def change(session: SessionDep, viewer: ViewerDep, round_id: str, body: RoundChange) -> RoundOut:
    """Marks by either, feedback by the coach, reflection by the coachee; its film, and the best take.

    The coachee marks a model first: until she has, the coach's mark of that criterion is refused (409).
    """
    return round_out(session, viewer, change_round(session, viewer, round_id, body.changes()))


@router.delete("/rounds/{round_id}", operation_id="remove_round", status_code=status.HTTP_204_NO_CONTENT)
def delete(session: SessionDep, viewer: ViewerDep, round_id: str) -> None:
    """Remove a round with its marks. Its film stays."""
    remove_round(session, viewer, round_id)
