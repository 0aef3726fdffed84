"""Coaching on coaching: a coach brings the film of a meeting of hers to the one who coaches her."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.errors import Invalid
from pennydrop.meetings.film import may_be_filmed
from pennydrop.meetings.find import get_meeting
from pennydrop.meetings.models import Meeting, MeetingKind
from pennydrop.videos.models import Video


def meeting_to_look_at(
    session: Session, viewer: Viewer, meeting: Meeting, about_id: str | None
) -> str | None:
    """Return the id of a meeting whose film these two can look at together.

    Whoever names it was in it. Only its film, phases and counts come along; what was written stays between
    the two it was written by. Raises `Invalid`, `NotFound`.
    """
    if about_id is None:
        return None
    if meeting.kind is not MeetingKind.COACHING_ON_COACHING:
        raise Invalid("Only coaching on coaching looks at another meeting.")
    about = get_meeting(session, viewer, about_id)
    if about.film_video_id is None or not may_be_filmed(about):
        raise Invalid("That meeting has no film that both have said yes to.")
    for person in (meeting.pairing.coach, meeting.pairing.coachee):
        seen = select(Video.id).where(Video.id == about.film_video_id, visible_to(Viewer.of(person), Video))
        if session.scalar(seen) is None:
            raise Invalid(f"{person.name} can't watch that film yet. Its owner would have to share it first.")
    return about.id


def looked_at(session: Session, viewer: Viewer, meeting: Meeting) -> Meeting | None:
    """Return the meeting that is looked at, as long as both in it permit that and its film can be watched."""
    return looked_at_in(session, viewer, [meeting]).get(meeting.id)


def looked_at_in(session: Session, viewer: Viewer, meetings: Sequence[Meeting]) -> dict[str, Meeting]:
    """Return the same for many meetings, by their ids; those that look at nothing are left out."""
    ids = {meeting.about_meeting_id for meeting in meetings if meeting.about_meeting_id}
    if not ids:
        return {}
    seen = (
        select(Meeting)
        .join(Video, Video.id == Meeting.film_video_id)
        .where(Meeting.id.in_(ids), visible_to(viewer, Video))
    )
    permitted = {about.id: about for about in session.scalars(seen) if may_be_filmed(about)}
    return {
        meeting.id: permitted[meeting.about_meeting_id]
        for meeting in meetings
        if meeting.about_meeting_id in permitted
    }
