"""Proposing another step, talking it over, taking it back: the coachee's own say in what she works on."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_change_proposal, may_change_proposal_reply, may_propose
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.errors import Conflict, Invalid
from pennydrop.library.models import Step
from pennydrop.moments.rules import clean_text
from pennydrop.proposals.models import ProposalReply, ProposalState, StepProposal

# More open wishes than anybody talks over in a term.
MAX_OPEN = 20
MAX_REPLIES = 200


class ProposalChanges(TypedDict, total=False):
    """What the coachee may change while it is open."""

    step: str | None
    words: str


class ProposalClosed(Conflict):
    def __init__(self) -> None:
        super().__init__("This proposal has been answered or taken back. You can make a new one.")


def propose(session: Session, viewer: Viewer, *, step: str | None = None, words: str = "") -> StepProposal:
    """Propose a step of the library, or one in one's own words. Raises `NotAllowed`, `Invalid`."""
    may_propose(session, viewer)
    proposal = StepProposal(coachee_id=viewer.person_id)
    _say(session, viewer, proposal, step, words)
    mine = (StepProposal.coachee_id == viewer.person_id, StepProposal.state == ProposalState.OPEN)
    if (session.scalar(select(func.count()).select_from(StepProposal).where(*mine)) or 0) >= MAX_OPEN:
        raise Conflict("You have many open proposals. Please talk some of them over first.")
    session.add(proposal)
    session.flush()
    session.refresh(proposal)
    _changed(session, proposal)
    return proposal


def reword(session: Session, viewer: Viewer, proposal_id: str, changes: ProposalChanges) -> StepProposal:
    """Change one's own proposal while it is open."""
    proposal = _open_one_of_mine(session, viewer, proposal_id)
    step, words = changes.get("step", proposal.step_id), changes.get("words", proposal.words)
    _say(session, viewer, proposal, step, words)
    _changed(session, proposal)
    return proposal


def withdraw(session: Session, viewer: Viewer, proposal_id: str) -> StepProposal:
    """Take one's own proposal back. What was said about it stays."""
    proposal = _open_one_of_mine(session, viewer, proposal_id)
    proposal.state = ProposalState.WITHDRAWN
    note_erased(session, Erased.PROPOSAL, proposal.id)
    _changed(session, proposal)
    return proposal


def reply_to(session: Session, viewer: Viewer, proposal_id: str, *, text: str) -> StepProposal:
    """Say something about a proposal: the coachee and her coach, after it is answered too."""
    proposal = get_visible(session, viewer, StepProposal, proposal_id)
    if len(proposal.replies) >= MAX_REPLIES:
        raise Conflict("A great deal has been said here already. Perhaps it is time to meet.")
    proposal.replies.append(ProposalReply(author_id=viewer.person_id, text=_words_of(text)))
    _changed(session, proposal)
    session.refresh(proposal, ["replies"])
    return proposal


def change_reply(session: Session, viewer: Viewer, reply_id: str, *, text: str) -> StepProposal:
    """Word one's own reply anew; the proposal comes back with all of them."""
    reply = get_visible(session, viewer, ProposalReply, reply_id)
    may_change_proposal_reply(viewer, reply)
    reply.text, reply.updated_at = _words_of(text), utcnow()
    proposal = session.get_one(StepProposal, reply.proposal_id)
    _changed(session, proposal)
    return proposal


def check_open(proposal: StepProposal) -> None:
    """Raise `ProposalClosed` where there is nothing left to decide."""
    if proposal.state is not ProposalState.OPEN:
        raise ProposalClosed


def _open_one_of_mine(session: Session, viewer: Viewer, proposal_id: str) -> StepProposal:
    proposal = get_visible(session, viewer, StepProposal, proposal_id)
    may_change_proposal(viewer, proposal)
    check_open(proposal)
    return proposal


def _say(session: Session, viewer: Viewer, proposal: StepProposal, step_id: str | None, words: str) -> None:
    cleaned = clean_text(words, "proposal")
    if step_id is None and not cleaned:
        raise Invalid(
            "Please choose a step from the library, or say in your own words what you'd like to try."
        )
    proposal.step_id = get_visible(session, viewer, Step, step_id).id if step_id else None
    proposal.words = cleaned


def _words_of(text: str) -> str:
    cleaned = clean_text(text, "reply")
    if not cleaned:
        raise Invalid("Please write something in your reply.")
    return cleaned


def _changed(session: Session, proposal: StepProposal) -> None:
    proposal.updated_at = utcnow()
    session.flush()
    record_change(session, "proposal", proposal.id, person_id=proposal.coachee_id)
