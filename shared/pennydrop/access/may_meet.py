"""What a viewer may do with meetings, and with what a coachee proposes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.ties import coaches, coaches_person, is_member
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.errors import NotAllowed
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.people.models import Pairing, Person
from pennydrop.proposals.models import ProposalReply, StepProposal


def may_meet(session: Session, viewer: Viewer, coachee_id: str) -> Pairing:
    """Return the pairing in which the viewer coaches this person now: she prepares meetings, and drops in."""
    get_visible(session, viewer, Person, coachee_id)
    pairing = session.scalar(
        select(Pairing).where(
            Pairing.coach_id == viewer.person_id,
            Pairing.coachee_id == coachee_id,
            Pairing.ended_at.is_(None),
        )
    )
    if pairing is None or not is_member(session, viewer, coachee_id):
        raise NotAllowed("Only her coach can plan a meeting with somebody.")
    return pairing


def may_prepare(viewer: Viewer, meeting: Meeting) -> None:
    """Clips, questions, praise, script and what is agreed: the coach."""
    _is_living(meeting)
    if meeting.pairing.coach_id != viewer.person_id:
        raise NotAllowed(f"{meeting.pairing.coach.name} prepares this meeting.")


def may_run(viewer: Viewer, meeting: Meeting) -> None:
    """Begin and end it, write its notes, plan the next slot, add rounds: both, while they are paired.

    A drop-in was written by the coach, and is hers to change.
    """
    _is_living(meeting)
    if meeting.kind is MeetingKind.DROP_IN:
        may_prepare(viewer, meeting)


def may_drop_meeting(viewer: Viewer, meeting: Meeting) -> None:
    """Take it away: the coach, as long as it hasn't begun; a drop-in at any time."""
    may_prepare(viewer, meeting)
    if meeting.kind is not MeetingKind.DROP_IN and meeting.state is not MeetingState.PREPARING:
        raise NotAllowed("This meeting has taken place, so it stays. You can change its notes.")


def may_consent(viewer: Viewer, meeting: Meeting) -> None:
    """Let it be filmed: each of the two for herself. Taking it back is always possible."""
    _is_living(meeting)


def may_propose(session: Session, viewer: Viewer) -> None:
    """Propose a step: whoever is coached now."""
    if session.scalar(coaches(viewer).limit(1)) is None:
        raise NotAllowed("You can propose a step once you have a coach.")


def may_change_proposal(viewer: Viewer, proposal: StepProposal) -> None:
    """Word it anew, or take it back: who made it."""
    if proposal.coachee_id != viewer.person_id:
        raise NotAllowed(f"Only {proposal.coachee.name} can change what she proposed. You can answer it.")


def may_answer_proposal(session: Session, viewer: Viewer, proposal: StepProposal) -> None:
    """Accept or decline it: her coach."""
    if not coaches_person(session, viewer, proposal.coachee_id):
        raise NotAllowed("Only your coach can accept or decline it. You can take it back.")


def may_change_proposal_reply(viewer: Viewer, reply: ProposalReply) -> None:
    """Change it: who wrote it."""
    if reply.author_id != viewer.person_id:
        raise NotAllowed(f"{reply.author.name} wrote this. You can reply to it.")


def _is_living(meeting: Meeting) -> None:
    if meeting.pairing.ended_at is not None:
        raise NotAllowed("You two no longer work together in Pennydrop, so this meeting stays as it was.")
