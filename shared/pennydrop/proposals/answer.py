"""Answering a proposal: the coach accepts it, which sets the step, or declines it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_answer_proposal
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.coaching.criteria import action_step_of
from pennydrop.coaching.set_step import set_step
from pennydrop.errors import Invalid
from pennydrop.proposals.models import ProposalState, StepProposal
from pennydrop.proposals.propose import check_open


def accept(
    session: Session, viewer: Viewer, proposal_id: str, *, action_step: str | None = None
) -> StepProposal:
    """Accept a proposal. The step of the library that it names is set; her own words are the reason why.

    `action_step` is one that was set already, worded for her. Needed where the proposal names no step.
    """
    proposal = _to_answer(session, viewer, proposal_id)
    if action_step is None and proposal.step_id is None:
        raise Invalid("Please set a step for this proposal first: it is in her own words.")
    if action_step is None:
        step = set_step(
            session, viewer, coachee=proposal.coachee_id, step=proposal.step_id, why=proposal.words
        )
        action_step = step.id
    proposal.action_step_id = action_step_of(session, proposal.coachee_id, action_step)
    return _decide(session, viewer, proposal, ProposalState.ACCEPTED)


def decline(session: Session, viewer: Viewer, proposal_id: str) -> StepProposal:
    """Decline a proposal. A reply says why; both stay."""
    return _decide(session, viewer, _to_answer(session, viewer, proposal_id), ProposalState.DECLINED)


def _to_answer(session: Session, viewer: Viewer, proposal_id: str) -> StepProposal:
    proposal = get_visible(session, viewer, StepProposal, proposal_id)
    may_answer_proposal(session, viewer, proposal)
    check_open(proposal)
    return proposal


def _decide(session: Session, viewer: Viewer, proposal: StepProposal, state: ProposalState) -> StepProposal:
    proposal.state, proposal.decided_by_id, proposal.updated_at = state, viewer.person_id, utcnow()
    session.flush()
    session.refresh(proposal)
    record_change(session, "proposal", proposal.id, person_id=proposal.coachee_id)
    return proposal
