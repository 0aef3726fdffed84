"""Filming a meeting: only by permission of both, and gone when either takes that back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_consent
from pennydrop.access.may_show_meeting import must_not_be_shared_further
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.audit.record import record as record_audit
from pennydrop.care.erasures import note_erased
from pennydrop.care.models import Erased
from pennydrop.changes.feed import record as record_change
from pennydrop.errors import Conflict, Invalid, NotFound
from pennydrop.exemplars.two_people import must_not_be_an_example
from pennydrop.meetings.find import get_meeting, hold_meeting
from pennydrop.meetings.models import Meeting, MeetingConsent, MeetingKind
from pennydrop.people.models import Person
from pennydrop.rounds.film import film_of
from pennydrop.videos.delete import remove_video
from pennydrop.videos.models import Purpose, Video
from pennydrop.videos.share import share_video


class NotPermittedByBoth(Conflict):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} hasn't said yes to filming this meeting, so no film can be added.")


class FilmStays(Conflict):
    """Untied from its meeting, a film would outlive the permission of who is in it."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” is the film of this meeting. To be rid of it, take your yes to filming back: "
            "then it is deleted for both of you."
        )


def may_be_filmed(meeting: Meeting) -> bool:
    """Whether both have said yes."""
    return _missing(meeting) is None


def give_consent(session: Session, viewer: Viewer, meeting_id: str) -> Meeting:
    """Let the meeting be filmed, for oneself. Twice is the same as once."""
    hold_meeting(session, meeting_id)
    meeting = get_meeting(session, viewer, meeting_id)
    may_consent(viewer, meeting)
    if meeting.kind is MeetingKind.DROP_IN:
        raise Invalid("A drop-in needs no permission: its film is the coachee's, as any lesson is.")
    if all(one.person_id != viewer.person_id for one in meeting.consents):
        meeting.consents.append(MeetingConsent(person_id=viewer.person_id))
        _note(session, viewer, meeting, "meeting.filming_permitted")
    return meeting


def withdraw_consent(session: Session, viewer: Viewer, meeting_id: str) -> None:
    """Take one's permission back: the meeting's film is deleted with everything made from it.

    Possible for good, when the two no longer work together too: whoever is in a film can end it.
    """
    hold_meeting(session, meeting_id)
    consent = session.scalar(
        select(MeetingConsent).where(
            MeetingConsent.meeting_id == meeting_id, MeetingConsent.person_id == viewer.person_id
        )
    )
    if consent is None:
        raise NotFound("You haven't said yes to filming this meeting.")
    meeting = session.get_one(Meeting, meeting_id)
    meeting.consents.remove(consent)
    note_erased(session, Erased.CONSENT, consent.id)
    remove_film(session, viewer, meeting)
    _note(session, viewer, meeting, "meeting.filming_withdrawn")


def remove_film(session: Session, viewer: Viewer, meeting: Meeting) -> None:
    """Delete the film of a meeting with everything made from it, whoever of the two decided that.

    The film of a drop-in is a lesson of the coachee's, and stays.
    """
    if meeting.film_video_id is None or meeting.kind is MeetingKind.DROP_IN:
        return
    film = session.get_one(Video, meeting.film_video_id)
    meeting.film_video_id = None
    _note(session, viewer, meeting, "meeting.film_deleted", film.title)
    remove_video(session, viewer, film)


def set_film(session: Session, viewer: Viewer, meeting: Meeting, video_id: str | None) -> None:
    """Say which film is the meeting's. It is of one of the two, and both can watch it.

    A drop-in's film is of the coachee alone, as any lesson is. Raises `NotPermittedByBoth`, `ShownToOthers`,
    `FilmStays`, `Invalid`.
    """
    if video_id == meeting.film_video_id:
        return
    if meeting.kind is MeetingKind.DROP_IN:
        film = film_of(session, viewer, meeting.pairing.coachee, video_id) if video_id else None
        meeting.film_video_id = film.id if film else None
        return
    if meeting.film_video_id is not None:
        raise FilmStays(session.get_one(Video, meeting.film_video_id).title)
    missing = _missing(meeting)
    if missing is not None:
        raise NotPermittedByBoth(missing.name)
    video = get_visible(session, viewer, Video, video_id or "")
    pairing = meeting.pairing
    if video.owner_id not in (pairing.coach_id, pairing.coachee_id) or video.purpose is not Purpose.MEETING:
        raise Invalid("Please choose a film of this meeting.")
    taken = session.scalar(select(Meeting.id).where(Meeting.film_video_id == video.id))
    if taken is not None:
        raise Conflict(f"“{video.title}” is the film of another meeting already.")
    must_not_be_an_example(session, video)
    must_not_be_shared_further(session, video, pairing)
    if video.owner_id == viewer.person_id == pairing.coach_id:
        # What is the coachee's the coach sees anyway; what is the coach's has to be shared.
        share_video(session, viewer, video.id, person_id=pairing.coachee_id)
    meeting.film_video_id = video.id
    _note(session, viewer, meeting, "meeting.filmed", video.title)


def _missing(meeting: Meeting) -> Person | None:
    """Who of the two hasn't said yes."""
    given = {one.person_id for one in meeting.consents}
    both = (meeting.pairing.coachee, meeting.pairing.coach)
    return next((person for person in both if person.id not in given), None)


def _note(session: Session, viewer: Viewer, meeting: Meeting, action: str, detail: str = "") -> None:
    session.flush()
    record_audit(
        session, viewer, action, owner_id=meeting.pairing.coachee_id, subject_id=meeting.id, detail=detail
    )
    record_change(session, "meeting", meeting.id)
