"""The model on film that a coach begins with: hers to prepare, and shown to the coachee once they meet."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.coaching.models import ActionStep
from pennydrop.meetings.models import Meeting, MeetingState
from pennydrop.people.models import Pairing
from pennydrop.rounds.film import film_to_learn_from
from pennydrop.rounds.models import Round
from pennydrop.videos.models import Share, Video
from pennydrop.videos.share import end_share, share_video


def set_model(session: Session, viewer: Viewer, meeting: Meeting, video_id: str | None) -> None:
    """Say which film the coach models the step with, or None. Raises as `film_to_learn_from` does."""
    if video_id == meeting.model_video_id:
        return
    hide_model(session, viewer, meeting)
    coachee = meeting.pairing.coachee
    film = film_to_learn_from(session, viewer, coachee, video_id) if video_id else None
    meeting.model_video_id = film.id if film else None
    if meeting.state is not MeetingState.PREPARING:
        show_model(session, meeting)


def show_model(session: Session, meeting: Meeting) -> None:
    """Share the coach's own film with the coachee, who may be the one that starts the meeting."""
    film = _coachs_film(session, meeting)
    if film is not None:
        share_video(session, Viewer.of(meeting.pairing.coach), film.id, person_id=meeting.pairing.coachee_id)


def hide_model(session: Session, viewer: Viewer, meeting: Meeting) -> None:
    """Take back the share that came with this meeting, unless the coachee knows the film by another way."""
    film, coachee_id = _coachs_film(session, meeting), meeting.pairing.coachee_id
    if film is None or meeting.started_at is None:
        return
    share = session.scalar(
        select(Share).where(
            Share.video_id == film.id,
            Share.person_id == coachee_id,
            Share.created_at >= meeting.started_at,
        )
    )
    if share is not None and not _shown_otherwise(session, meeting, film, coachee_id):
        end_share(session, viewer, share)


def _coachs_film(session: Session, meeting: Meeting) -> Video | None:
    film = session.get(Video, meeting.model_video_id) if meeting.model_video_id else None
    return film if film is not None and film.owner_id == meeting.pairing.coach_id else None


def _shown_otherwise(session: Session, meeting: Meeting, film: Video, coachee_id: str) -> bool:
    """Whether the film is part of a round of hers, or of another meeting that has begun."""
    in_a_round = (
        select(Round.id)
        .join(ActionStep, ActionStep.id == Round.action_step_id)
        .where(Round.video_id == film.id, ActionStep.coachee_id == coachee_id)
    )
    in_a_meeting = (
        select(Meeting.id)
        .join(Pairing, Pairing.id == Meeting.pairing_id)
        .where(
            or_(Meeting.model_video_id == film.id, Meeting.film_video_id == film.id),
            Meeting.id != meeting.id,
            Meeting.state != MeetingState.PREPARING,
            Pairing.coachee_id == coachee_id,
        )
    )
    its_own_film = meeting.film_video_id == film.id
    return its_own_film or bool(session.scalar(select(or_(in_a_round.exists(), in_a_meeting.exists()))))
