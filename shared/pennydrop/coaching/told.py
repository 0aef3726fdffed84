"""What others told a coachee lately in answer to what she proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.people.models import Person
from pennydrop.proposals.models import ProposalReply, ProposalState, StepProposal

MOST = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """The last that happened to a proposal of mine, by somebody else."""

    proposal: StepProposal
    by: Person
    text: str
    """What she said last; empty where she only decided."""
    at: datetime


_PROPOSALS = prepared(
    lambda viewer: (
        select(StepProposal)
        .where(
            StepProposal.coachee_id == viewer.person_id,
            StepProposal.updated_at >= bindparam("since"),
            StepProposal.state != ProposalState.WITHDRAWN,
            visible_to(viewer, StepProposal),
        )
        .order_by(StepProposal.updated_at.desc())
        .limit(MOST)
    )
)


def answers_since(session: Session, viewer: Viewer, since: datetime) -> list[Answer]:
    """Return what came of my proposals since then, newest first, each proposal once."""
    proposals = _PROPOSALS(session, viewer, since=since).scalars()
    found = [_answer(viewer, proposal, since) for proposal in proposals]
    return [one for one in found if one is not None]


def _answer(viewer: Viewer, proposal: StepProposal, since: datetime) -> Answer | None:
    last = proposal.replies[-1] if proposal.replies else None
    theirs = last is not None and last.author_id != viewer.person_id and last.created_at >= since
    if proposal.decided_by is not None and proposal.updated_at is not None:
        return Answer(proposal, proposal.decided_by, _text(last) if theirs else "", proposal.updated_at)
    if last is None or not theirs:
        return None
    return Answer(proposal, last.author, last.text, last.created_at)


def _text(reply: ProposalReply | None) -> str:
    return reply.text if reply else ""
