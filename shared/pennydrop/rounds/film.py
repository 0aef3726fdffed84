"""The film of a round: a take is the coachee's own, a model is one that she may watch."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_show_meeting import may_show_meeting
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible, visible_to
from pennydrop.errors import Conflict, Invalid
from pennydrop.people.models import Person
from pennydrop.rounds.models import Round, RoundKind
from pennydrop.videos.models import Video
from pennydrop.videos.share import share_video


class FilmInAnotherRound(Conflict):
    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” is the film of another round already.")


def give_film(session: Session, viewer: Viewer, one: Round, video_id: str | None) -> None:
    """Make a video the film of this round, or None of them. Raises `NotFound`, `Invalid`, `Conflict`."""
    if video_id is None or video_id == one.video_id:
        one.video_id = video_id
        return
    step = one.action_step
    find = model_film if one.kind is RoundKind.MODEL else film_of
    video = find(session, viewer, step.coachee, video_id)
    taken = select(Round.id).where(Round.video_id == video.id, Round.action_step_id == step.id)
    if session.scalar(taken) is not None:
        raise FilmInAnotherRound(video.title)
    if one.kind is RoundKind.REHEARSAL and video.action_step_id is None:
        video.action_step_id = step.id
    one.video_id = video.id


def film_of(session: Session, viewer: Viewer, coachee: Person, video_id: str) -> Video:
    """Return a film of the coachee's own."""
    video = get_visible(session, viewer, Video, video_id)
    if video.owner_id != coachee.id:
        raise Invalid(f"That film is of somebody else. Please choose one of {coachee.name}.")
    return video


def model_film(session: Session, viewer: Viewer, coachee: Person, video_id: str) -> Video:
    """Return a film to learn from. Whoever shows her own film as a model shares it with the coachee thereby.

    Raises as `film_to_learn_from` does.
    """
    video = film_to_learn_from(session, viewer, coachee, video_id)
    if video.owner_id == viewer.person_id != coachee.id:
        share_video(session, viewer, video.id, person_id=coachee.id)
    return video


def film_to_learn_from(session: Session, viewer: Viewer, coachee: Person, video_id: str) -> Video:
    """Return a film that may be shown to the coachee as a model, without showing it to her yet.

    Raises `Invalid` for somebody else's film that the coachee may not watch: only its owner can share it.
    `StaysBetweenTheTwo` for the viewer's own where it is of a meeting with others.
    """
    video = get_visible(session, viewer, Video, video_id)
    if video.owner_id == coachee.id:
        return video
    if video.owner_id == viewer.person_id:
        may_show_meeting(session, video, coachee)
        return video
    seen = select(Video.id).where(Video.id == video.id, visible_to(Viewer.of(coachee), Video))
    if session.scalar(seen) is None:
        raise Invalid(
            f"{coachee.name} can't watch that film. {video.owner.name} would have to share it first."
        )
    return video
