"""A film that is on its way to a round: tied before its first byte, so that nothing can part them later."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_rehearse import may_change_round
from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import record as record_change
from pennydrop.coaching.models import ActionStep
from pennydrop.meetings.models import Meeting, MeetingState
from pennydrop.rounds.add import next_round
from pennydrop.rounds.film import give_film
from pennydrop.rounds.find import get_round
from pennydrop.rounds.models import Round, RoundKind
from pennydrop.videos.models import Video


def film_arrives(session: Session, viewer: Viewer, round_id: str, video: Video) -> None:
    """Tie a film that is beginning to be sent to the round it is of. Raises as `give_film` does."""
    one = get_round(session, viewer, round_id)
    may_change_round(session, viewer, one)
    give_film(session, viewer, one, video.id)
    session.flush()
    record_change(session, "round", one.id, person_id=one.action_step.coachee_id)


def take_arrives(
    session: Session, step: ActionStep, meeting_id: str | None, video: Video, *, by: str
) -> Round:
    """Tie a phone's film to the round that waits for one, else to a new round, and return that.

    In a meeting the newest round without a film waits: the laptop says “again”, the phone films it. A new
    round is the meeting's as long as that goes on.
    """
    waiting = None
    if meeting_id is not None:
        newest = session.scalar(
            select(Round)
            .where(
                Round.action_step_id == step.id,
                Round.meeting_id == meeting_id,
                Round.kind == RoundKind.REHEARSAL,
            )
            .order_by(Round.id.desc())
            .limit(1)
        )
        waiting = newest if newest is not None and newest.video_id is None else None
    one = waiting or next_round(session, step, RoundKind.REHEARSAL, _going_on(session, meeting_id), by=by)
    one.video_id = video.id
    session.flush()
    record_change(session, "round", one.id, person_id=step.coachee_id)
    return one


def _going_on(session: Session, meeting_id: str | None) -> str | None:
    return session.scalar(
        select(Meeting.id).where(Meeting.id == meeting_id, Meeting.state == MeetingState.RUNNING)
    )
