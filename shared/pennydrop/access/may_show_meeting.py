"""To whom the film of a meeting may be shown: it has one owner and shows two people."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, select, union
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.errors import Conflict, NotAllowed
from pennydrop.meetings.models import Meeting, MeetingKind
from pennydrop.people.models import Pairing, Person
from pennydrop.videos.models import Purpose, Share, Video


class StaysBetweenTheTwo(Conflict):
    def __init__(self, video: Video, name: str) -> None:
        super().__init__(
            f"“{video.title}” is the film of a meeting and shows two people. It is for them, and for who "
            f"coaches one of them, so it can't be shared with {name}."
        )


class StaysAMeeting(Conflict):
    def __init__(self, video: Video) -> None:
        super().__init__(
            f"“{video.title}” is the film of a meeting and shows two people, so it stays one. If it is "
            "something else, please send it in again as what it is."
        )


def may_change_purpose(viewer: Viewer, video: Video, purpose: Purpose) -> None:
    """Say that a film is of something else: whoever may change it.

    The film of a meeting stays one, tied to a meeting or not: it shows two people, and what protects them
    isn't one person's to end. As that is for good, its owner alone says that a film is of a meeting. Raises
    `StaysAMeeting`, `NotAllowed`.
    """
    if purpose is video.purpose:
        return
    if video.purpose is Purpose.MEETING:
        raise StaysAMeeting(video)
    if purpose is Purpose.MEETING and video.owner_id != viewer.person_id:
        raise NotAllowed(f"Only {video.owner.name} can say that this is the film of a meeting.")


def may_show_meeting(session: Session, video: Video, person: Person) -> None:
    """The film of a meeting, or a clip of it: to the two, and to who coaches one of them now.

    Other films are their owner's to share. Raises `StaysBetweenTheTwo`.
    """
    pairing = session.scalar(
        select(Pairing)
        .join(Meeting, Meeting.pairing_id == Pairing.id)
        .where(Meeting.film_video_id == video.id, Meeting.kind != MeetingKind.DROP_IN)
        .limit(1)
    )
    if pairing is not None:
        shown = _is_for(session, person.id, {pairing.coach_id, pairing.coachee_id})
    elif video.purpose is Purpose.MEETING:
        # Whose meeting it was isn't said yet: one of those the owner coaches, or is coached by.
        hers = exists().where(
            Pairing.coach_id == video.owner_id,
            Pairing.coachee_id == person.id,
            Pairing.ended_at.is_(None),
        )
        shown = _is_for(session, person.id, {video.owner_id}) or bool(session.scalar(select(hers)))
    else:
        return
    if not shown:
        raise StaysBetweenTheTwo(video, person.name)


def must_not_be_shared_further(session: Session, video: Video, pairing: Pairing) -> None:
    """Raise `StaysBetweenTheTwo` where a film that is to be a meeting's was shared, or a clip of it was."""
    of_clips = select(ClipShare.person_id).join(Clip).where(Clip.video_id == video.id)
    told = union(select(Share.person_id).where(Share.video_id == video.id), of_clips)
    for person in session.scalars(select(Person).where(Person.id.in_(told))):
        if not _is_for(session, person.id, {pairing.coach_id, pairing.coachee_id}):
            raise StaysBetweenTheTwo(video, person.name)


def _is_for(session: Session, person_id: str, shown: Collection[str]) -> bool:
    """Whether somebody is one of those in a film, or coaches one of them now."""
    coaching = exists().where(
        Pairing.coach_id == person_id, Pairing.coachee_id.in_(shown), Pairing.ended_at.is_(None)
    )
    return person_id in shown or bool(session.scalar(select(coaching)))
