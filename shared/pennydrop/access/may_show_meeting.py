"""To whom the film of a meeting may be shown: it has one owner and shows two people."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, or_, select, union
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


class ShowsHerToo(Conflict):
    def __init__(self, video: Video, person: Person) -> None:
        super().__init__(
            f"“{video.title}” is the film of a meeting and shows {person.name} too, so it stays hers to "
            "watch. To be rid of it, take your yes to filming back: then it is deleted for both of you."
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
    if not _may_watch(session, video, person.id):
        raise StaysBetweenTheTwo(video, person.name)


def may_hide_meeting(session: Session, video: Video, person: Person) -> None:
    """Take a share of a film back: never from one of the two whose meeting it shows. Raises `ShowsHerToo`."""
    pairing = _shown_in(session, video)
    if pairing is not None and person.id in (pairing.coach_id, pairing.coachee_id):
        raise ShowsHerToo(video, person)


def shares_without_reason(session: Session, pairing: Pairing) -> list[Share | ClipShare]:
    """Return what these two were shown of meetings and may not watch any more, once their pairing has ended.

    A share of such a film lasts as long as the tie that it was given for.
    """
    two = (pairing.coach_id, pairing.coachee_id)
    tied = exists().where(Meeting.film_video_id == Video.id, Meeting.kind != MeetingKind.DROP_IN)
    of_meetings = or_(Video.purpose == Purpose.MEETING, tied)
    films = session.execute(
        select(Share, Video)
        .join(Video, Video.id == Share.video_id)
        .where(Share.person_id.in_(two), of_meetings)
    )
    clips = session.execute(
        select(ClipShare, Video)
        .join(Clip, Clip.id == ClipShare.clip_id)
        .join(Video, Video.id == Clip.video_id)
        .where(ClipShare.person_id.in_(two), of_meetings)
    )
    return [share for share, video in (*films, *clips) if not _may_watch(session, video, share.person_id)]


def must_not_be_shared_further(session: Session, video: Video, pairing: Pairing) -> None:
    """Raise `StaysBetweenTheTwo` where a film that is to be a meeting's was shared, or a clip of it was."""
    of_clips = select(ClipShare.person_id).join(Clip).where(Clip.video_id == video.id)
    told = union(select(Share.person_id).where(Share.video_id == video.id), of_clips)
    for person in session.scalars(select(Person).where(Person.id.in_(told))):
        if not _is_for(session, person.id, {pairing.coach_id, pairing.coachee_id}):
            raise StaysBetweenTheTwo(video, person.name)


def _may_watch(session: Session, video: Video, person_id: str) -> bool:
    """Whether somebody may be shown this film, where it is of a meeting."""
    pairing = _shown_in(session, video)
    if pairing is not None:
        return _is_for(session, person_id, {pairing.coach_id, pairing.coachee_id})
    if video.purpose is not Purpose.MEETING:
        return True
    # Whose meeting it was isn't said yet: one of those the owner coaches, or is coached by.
    return _is_for(session, person_id, {video.owner_id}) or _coaches(session, video.owner_id, {person_id})


def _shown_in(session: Session, video: Video) -> Pairing | None:
    """Return the two whose meeting a film is of, where that is said."""
    return session.scalar(
        select(Pairing)
        .join(Meeting, Meeting.pairing_id == Pairing.id)
        .where(Meeting.film_video_id == video.id, Meeting.kind != MeetingKind.DROP_IN)
        .limit(1)
    )


def _is_for(session: Session, person_id: str, shown: Collection[str]) -> bool:
    """Whether somebody is one of those in a film, or coaches one of them now."""
    return person_id in shown or _coaches(session, person_id, shown)


def _coaches(session: Session, coach_id: str, people: Collection[str]) -> bool:
    coaching = select(Pairing.id).where(
        Pairing.coach_id == coach_id, Pairing.coachee_id.in_(people), Pairing.ended_at.is_(None)
    )
    # Held, so that a pairing that ends meanwhile finds what is being shared because of it.
    return session.scalars(coaching.with_for_update(read=True)).first() is not None
