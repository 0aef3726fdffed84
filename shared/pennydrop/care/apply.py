"""Ending again what a restored backup brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from pennydrop.care.erase_person import erase_person
from pennydrop.care.erasures import Entry
from pennydrop.care.models import Erased, Erasure
from pennydrop.clips.make import remove_clip
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.clock import utcnow
from pennydrop.coaching.models import Evidence
from pennydrop.db.base import Base
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.decide import Example, end_permission, end_publication
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step, StepState
from pennydrop.library.search import index_steps
from pennydrop.meetings.models import Meeting, MeetingConsent
from pennydrop.moments.models import Moment, Reply
from pennydrop.people.models import Lead, Pairing, Person
from pennydrop.people.pair import end
from pennydrop.proposals.models import ProposalState, StepProposal
from pennydrop.rounds.models import Round
from pennydrop.terms.models import TermExample
from pennydrop.videos.delete import remove_video
from pennydrop.videos.models import Share, Video


def apply_erasures(session: Session, entries: Iterable[Entry]) -> int:
    """End what the entries name, note the entries, and return how many were to be ended.

    Nobody is on record as having done it: whoever asked for it the first time is. What was lifted since is
    left as it is: a restore takes away and never gives.
    """
    entries = sorted(entries)
    lifted = {entry.subject_id for entry in entries if entry.kind is Erased.LIFTED}
    ended = 0
    for entry in entries:
        if session.get(Erasure, entry.id) is not None:
            continue
        session.add(Erasure(id=entry.id, kind=entry.kind, subject_id=entry.subject_id, at=utcnow()))
        session.flush()
        if entry.kind is not Erased.LIFTED and entry.id not in lifted:
            _APPLY[entry.kind](session, entry.subject_id)
            session.flush()
            ended += 1
    return ended


def _person(session: Session, person_id: str) -> None:
    person = session.get(Person, person_id)
    if person is not None:
        erase_person(session, None, person)


def _video(session: Session, video_id: str) -> None:
    video = session.get(Video, video_id)
    if video is not None:
        remove_video(session, None, video)


def _clip(session: Session, clip_id: str) -> None:
    clip = session.get(Clip, clip_id)
    if clip is not None:
        remove_clip(session, None, clip)


def _pairing(session: Session, pairing_id: str) -> None:
    pairing = session.get(Pairing, pairing_id)
    if pairing is not None:
        end(session, None, pairing)


def _permission(session: Session, example_id: str) -> None:
    example = _example(session, example_id)
    if example is not None:
        end_permission(example)
        _index(session, example)


def _publication(session: Session, subject_id: str) -> None:
    shown = _example(session, subject_id) or session.get(Step, subject_id)
    if isinstance(shown, Step):
        shown.state = StepState.DRAFT
    elif shown is not None and shown.state is PublicationState.PUBLISHED:
        end_publication(shown)
        _index(session, shown)


def _no_example(session: Session, example_id: str) -> None:
    example = _example(session, example_id)
    if example is not None:
        end_permission(example)
        _index(session, example)
        session.delete(example)


def _example(session: Session, example_id: str) -> Example | None:
    return session.get(Exemplar, example_id) or session.get(TermExample, example_id)


def _index(session: Session, example: Example) -> None:
    """A step is found by what is said in its models, as long as they are shown."""
    session.flush()
    if isinstance(example, Exemplar):
        index_steps(session, [example.step])


def _proposal(session: Session, proposal_id: str) -> None:
    proposal = session.get(StepProposal, proposal_id)
    if proposal is not None and proposal.state is ProposalState.OPEN:
        proposal.state = ProposalState.WITHDRAWN


def _admin(session: Session, person_id: str) -> None:
    person = session.get(Person, person_id)
    if person is not None:
        person.is_admin = False


def _account(session: Session, person_id: str) -> None:
    person = session.get(Person, person_id)
    if person is not None:
        person.disabled_at = person.disabled_at or utcnow()


def _row_of(model: type[Base]) -> Callable[[Session, str], None]:
    def delete(session: Session, row_id: str) -> None:
        row = session.get(model, row_id)
        if row is not None:
            session.delete(row)

    return delete


_APPLY: dict[Erased, Callable[[Session, str], None]] = {
    Erased.PERSON: _person,
    Erased.VIDEO: _video,
    Erased.CLIP: _clip,
    Erased.MOMENT: _row_of(Moment),
    Erased.REPLY: _row_of(Reply),
    Erased.SHARE: _row_of(Share),
    Erased.CLIP_SHARE: _row_of(ClipShare),
    Erased.PERMISSION: _permission,
    Erased.PUBLICATION: _publication,
    Erased.EXAMPLE: _no_example,
    Erased.PAIRING: _pairing,
    Erased.MEETING: _row_of(Meeting),
    Erased.CONSENT: _row_of(MeetingConsent),
    Erased.ROUND: _row_of(Round),
    Erased.EVIDENCE: _row_of(Evidence),
    Erased.PROPOSAL: _proposal,
    Erased.LEAD: _row_of(Lead),
    Erased.ADMIN: _admin,
    Erased.ACCOUNT: _account,
}
