"""Drop-ins: a short visit without stakes, written down in a minute, with or without video."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from pennydrop.access.may_meet import may_meet
from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.coaching.criteria import action_step_of
from pennydrop.errors import Invalid
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.moments.rules import clean_text
from pennydrop.rounds.film import film_of


def note_drop_in(
    session: Session,
    viewer: Viewer,
    *,
    coachee: str,
    notes: str = "",
    video: str | None = None,
    action_step: str | None = None,
    at: datetime | None = None,
) -> Meeting:
    """Write down a visit to somebody the viewer coaches now: a few words, a film of hers, or both."""
    pairing = may_meet(session, viewer, coachee)
    words = clean_text(notes)
    if not words and video is None:
        raise Invalid("Please write a few words, or choose a film.")
    when = at or utcnow()
    meeting = Meeting(
        pairing_id=pairing.id,
        kind=MeetingKind.DROP_IN,
        state=MeetingState.DONE,
        started_at=when,
        ended_at=when,
        film_video_id=film_of(session, viewer, pairing.coachee, video).id if video else None,
        action_step_id=action_step_of(session, coachee, action_step),
        notes=words,
        created_by_id=viewer.person_id,
    )
    session.add(meeting)
    session.flush()
    session.refresh(meeting)
    record_change(session, "meeting", meeting.id)
    return meeting
