"""Who can watch a video, for the line “Only you and Aisha can see this”."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.people.models import Pairing, Person
from pennydrop.videos.models import Share, Video


def audience_of(session: Session, viewer: Viewer, videos: Sequence[Video]) -> dict[str, list[Person]]:
    """Return for each of these visible videos everybody else who can watch it, by two queries in all.

    Somebody it was only shared with learns whose it is, not who else it was shared with.
    """
    owners = {video.owner_id for video in videos}
    coaches: dict[str, list[Person]] = {owner: [] for owner in owners}
    pairings = select(Pairing.coachee_id, Person).join(Person, Person.id == Pairing.coach_id)
    active = (Pairing.coachee_id.in_(owners), Pairing.ended_at.is_(None), Person.disabled_at.is_(None))
    for coachee_id, coach in session.execute(pairings.where(*active).order_by(Pairing.id)):
        coaches[coachee_id].append(coach)
    shared: dict[str, list[Person]] = {video.id: [] for video in videos}
    for share in session.scalars(select(Share).where(Share.video_id.in_(shared)).order_by(Share.id)):
        shared[share.video_id].append(share.person)
    return {video.id: _others(viewer, video, coaches[video.owner_id], shared[video.id]) for video in videos}


def _others(viewer: Viewer, video: Video, coaches: list[Person], shared: list[Person]) -> list[Person]:
    working = viewer.person_id in {video.owner_id, *(coach.id for coach in coaches)}
    everybody = [video.owner, *coaches, *shared] if working else [video.owner]
    return list({person.id: person for person in everybody if person.id != viewer.person_id}.values())
