"""Erasing a person: her films, her coaching and her account go; what is others' stays, without her name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.audit.models import AuditEntry
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.clips.models import ClipShare
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep
from pennydrop.meetings.models import Meeting
from pennydrop.people.models import (
    Invitation,
    Lead,
    LoginFailure,
    LoginSession,
    Pairing,
    Person,
    PersonalToken,
    School,
)
from pennydrop.people.pair import end
from pennydrop.proposals.models import StepProposal
from pennydrop.terms.models import TermOpening
from pennydrop.uploads.models import JoinLink, Upload, UploadState
from pennydrop.videos.delete import remove_video
from pennydrop.videos.models import OwnWatch, Share, Source, Video, Watch

SOMEBODY = "Somebody who has left"

_HERS: tuple[tuple[type[Any], Any], ...] = (
    (ActionStep, ActionStep.coachee_id),
    (StepProposal, StepProposal.coachee_id),
    (Share, Share.person_id),
    (ClipShare, ClipShare.person_id),
    (Watch, Watch.person_id),
    (OwnWatch, OwnWatch.person_id),
    (TermOpening, TermOpening.person_id),
    (JoinLink, JoinLink.made_by_id),
    (AuditEntry, AuditEntry.owner_id),
    (LoginSession, LoginSession.person_id),
    (PersonalToken, PersonalToken.person_id),
    (Invitation, Invitation.person_id),
    (Lead, Lead.person_id),
)


def erase_person(session: Session, viewer: Viewer | None, person: Person) -> None:
    """Erase somebody for good; her row stays, without name or address, for what refers to it.

    Gone are her films with all that was made of them, the films of meetings she was in, her steps, rounds,
    marks, proposals and meetings as a coachee, what she watched, her record, log-ins and tokens. What she
    wrote and made as a coach about others is theirs and stays, as of “somebody who has left”.
    """
    _remove_films(session, viewer, person)
    pairings = session.scalars(
        select(Pairing).where(or_(Pairing.coach_id == person.id, Pairing.coachee_id == person.id))
    ).all()
    for pairing in pairings:
        end(session, viewer, pairing)
    session.execute(delete(Meeting).where(Meeting.pairing_id.in_(_pairings_as_coachee(person))))
    for model, column in _HERS:
        session.execute(delete(model).where(column == person.id))
    session.execute(delete(LoginFailure).where(LoginFailure.email == person.email))
    _take_name_out(session, person)
    session.expire_all()
    person.name, person.email = SOMEBODY, f"{person.id}@erased.invalid"
    person.password_hash, person.is_admin = None, False
    person.disabled_at = person.disabled_at or utcnow()
    session.flush()
    note_erased(session, Erased.PERSON, person.id)
    record_audit(session, viewer, "person.erased", owner_id=None, subject_id=person.id)
    record_change(session, "person", person.id)


def films_of(session: Session, person: Person) -> Sequence[Video]:
    """Return the films that go with somebody: hers, those of meetings she was in, those she is sending."""
    coached = select(Pairing.id).where(or_(Pairing.coach_id == person.id, Pairing.coachee_id == person.id))
    of_meetings = select(Meeting.film_video_id).where(
        Meeting.pairing_id.in_(coached), Meeting.film_video_id.is_not(None)
    )
    being_sent = select(Upload.video_id).where(
        Upload.person_id == person.id, Upload.state == UploadState.OPEN, Upload.video_id.is_not(None)
    )
    films = select(Video).where(
        or_(Video.owner_id == person.id, Video.id.in_(of_meetings), Video.id.in_(being_sent))
    )
    return session.scalars(films).all()


def _pairings_as_coachee(person: Person) -> Any:
    return select(Pairing.id).where(Pairing.coachee_id == person.id)


def _remove_films(session: Session, viewer: Viewer | None, person: Person) -> None:
    for video in films_of(session, person):
        remove_video(session, viewer, video)
    # What an upload was called is hers too. Bytes that came of it are cleared away as nobody's.
    session.execute(delete(Upload).where(or_(Upload.person_id == person.id, Upload.owner_id == person.id)))
    session.execute(delete(Source).where(Source.owner_id == person.id))


def _take_name_out(session: Session, person: Person) -> None:
    """Take her name out of what others read in their records, in whichever school of the organisation."""
    organisation_id = session.get_one(School, person.school_id).organisation_id
    members = select(Person.id).join(School).where(School.organisation_id == organisation_id)
    # Of somebody called Ann: “Ann's lesson”, but neither Joanna nor Ann-Lee.
    name = re.compile(rf"(?<!\w)(?<!\w-){re.escape(person.name)}(?!\w|-\w)")
    naming = select(AuditEntry).where(
        AuditEntry.detail.contains(person.name, autoescape=True),
        or_(AuditEntry.owner_id.in_(members), AuditEntry.person_id == person.id),
    )
    for entry in session.scalars(naming):
        entry.detail = name.sub(SOMEBODY, entry.detail)
    session.flush()
