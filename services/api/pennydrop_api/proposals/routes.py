"""Proposals over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, cast

from fastapi import Query, status
from sqlalchemy.orm import Session

from pennydrop.access.ties import coached_of
from pennydrop.access.viewer import Viewer
from pennydrop.errors import Invalid
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop.proposals.answer import accept, decline
from pennydrop.proposals.find import get_proposal, list_proposals
from pennydrop.proposals.models import ProposalState, StepProposal
from pennydrop.proposals.propose import ProposalChanges, change_reply, propose, reply_to, reword, withdraw
from pennydrop_api import routing
from pennydrop_api.bodies import sent
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.proposals.schemas import (
    ProposalChange,
    ProposalIn,
    ProposalOut,
    ProposalPage,
    ProposalReplyIn,
    ProposalReplyOut,
    ProposalRights,
)

router = routing.router(tags=["proposals"])


@router.get("/proposals", operation_id="list_proposals")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    coachee: Annotated[str | None, Query(description="A person's id, or me")] = None,
    state: ProposalState | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> ProposalPage:
    """What coachees would rather work on, newest first, with what was said about it."""
    page = list_proposals(session, viewer, coachee=coachee, state=state, cursor=cursor, limit=limit)
    return ProposalPage(items=_out(session, viewer, page.items), next_cursor=page.next_cursor)


@router.post("/proposals", operation_id="propose_step", status_code=status.HTTP_201_CREATED)
def add(session: SessionDep, viewer: ViewerDep, body: ProposalIn) -> ProposalOut:
    """Say which step I'd like to work on."""
    return _one(session, viewer, propose(session, viewer, step=body.step, words=body.words))


@router.get("/proposals/{proposal_id}", operation_id="get_proposal")
def get(session: SessionDep, viewer: ViewerDep, proposal_id: str) -> ProposalOut:
    return _one(session, viewer, get_proposal(session, viewer, proposal_id))


@router.patch("/proposals/{proposal_id}", operation_id="change_proposal")
def change(session: SessionDep, viewer: ViewerDep, proposal_id: str, body: ProposalChange) -> ProposalOut:
    """Accepting sets the step. Declining keeps the exchange. What was answered stays as it is."""
    if body.reply is not None and body.state is not ProposalState.DECLINED:
        raise Invalid("A reply goes with declining. Please send it by itself, then do the rest.")
    if body.state is ProposalState.ACCEPTED:
        done = accept(session, viewer, proposal_id, action_step=body.action_step)
    elif body.state is ProposalState.DECLINED:
        if body.reply is not None:
            reply_to(session, viewer, proposal_id, text=body.reply)
        done = decline(session, viewer, proposal_id)
    elif body.state is ProposalState.WITHDRAWN:
        done = withdraw(session, viewer, proposal_id)
    else:
        changes = sent(body, may_be_empty={"step"})
        worded = {name: changes[name] for name in ("step", "words") if name in changes}
        done = reword(session, viewer, proposal_id, cast(ProposalChanges, worded))
    return _one(session, viewer, done)


@router.post(
    "/proposals/{proposal_id}/replies", operation_id="reply_to_proposal", status_code=status.HTTP_201_CREATED
)
def reply(session: SessionDep, viewer: ViewerDep, proposal_id: str, body: ProposalReplyIn) -> ProposalOut:
    """Say something about it; the proposal comes back with all replies."""
    return _one(session, viewer, reply_to(session, viewer, proposal_id, text=body.text))


@router.patch("/proposal-replies/{reply_id}", operation_id="change_proposal_reply")
def edit_reply(session: SessionDep, viewer: ViewerDep, reply_id: str, body: ProposalReplyIn) -> ProposalOut:
    """Word my own reply anew."""
    return _one(session, viewer, change_reply(session, viewer, reply_id, text=body.text))


def _one(session: Session, viewer: Viewer, proposal: StepProposal) -> ProposalOut:
    return _out(session, viewer, [proposal])[0]


def _out(session: Session, viewer: Viewer, proposals: Sequence[StepProposal]) -> list[ProposalOut]:
    coached = coached_of(session, viewer, (one.coachee_id for one in proposals))
    return [_proposal(viewer, one, one.coachee_id in coached) for one in proposals]


def _proposal(viewer: Viewer, one: StepProposal, coaching: bool) -> ProposalOut:
    is_open = one.state is ProposalState.OPEN
    return ProposalOut(
        id=one.id,
        coachee=PersonRef.of(one.coachee),
        step=one.step_id,
        wording=one.step.wording if one.step else None,
        words=one.words,
        state=one.state,
        action_step=one.action_step_id,
        decided_by=PersonRef.of(one.decided_by) if one.decided_by else None,
        replies=[
            ProposalReplyOut(
                id=reply.id,
                author=PersonRef.of(reply.author),
                text=reply.text,
                mine=reply.author_id == viewer.person_id,
                created_at=reply.created_at,
                updated_at=reply.updated_at,
            )
            for reply in one.replies
        ],
        rights=ProposalRights(
            change=is_open and one.coachee_id == viewer.person_id, answer=is_open and coaching
        ),
        created_at=one.created_at,
        updated_at=one.updated_at,
    )
