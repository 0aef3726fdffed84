"""Rewatching, counted for oneself: how often I came back to my moment, my model, my best take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step
from pennydrop.meetings.models import Meeting
from pennydrop.people.models import Pairing
from pennydrop.rounds.models import Round, RoundKind
from pennydrop.videos.models import OwnWatch, Video

# Pausing, seeking and coming back from the tea kettle are one watching.
ONE_WATCHING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Counted:
    """How often the viewer watched each of these, by id. Whatever isn't in it, never."""

    videos: dict[str, int] = field(default_factory=dict)
    clips: dict[str, int] = field(default_factory=dict)


def count_own_watch(session: Session, viewer: Viewer, *, video_id: str, clip_id: str | None) -> None:
    """Count one more watching of a whole video, or of one clip; within ten minutes it is the same one."""
    subject = OwnWatch.clip_id == clip_id if clip_id is not None else OwnWatch.video_id == video_id
    mine = session.scalar(select(OwnWatch).where(OwnWatch.person_id == viewer.person_id, subject))
    now = utcnow()
    if mine is None:
        video = None if clip_id is not None else video_id
        session.add(OwnWatch(person_id=viewer.person_id, video_id=video, clip_id=clip_id))
    elif mine.last_at <= now - ONE_WATCHING:
        mine.count += 1
        mine.last_at = now
    session.flush()


def list_own_watches(session: Session, viewer: Viewer) -> Sequence[OwnWatch]:
    """Return what the viewer came back to, latest first. Only of what she can still see."""
    return session.scalars(
        select(OwnWatch)
        .where(
            visible_to(viewer, OwnWatch),
            # Asked row by row: hers are few, and all that she may see isn't.
            or_(
                select(Video.id).where(Video.id == OwnWatch.video_id, visible_to(viewer, Video)).exists(),
                select(Clip.id).where(Clip.id == OwnWatch.clip_id, visible_to(viewer, Clip)).exists(),
            ),
        )
        .order_by(OwnWatch.last_at.desc())
        .limit(200)
    ).all()


def counted(session: Session, viewer: Viewer, *, videos: set[str], clips: set[str]) -> Counted:
    """Return how often the viewer watched these herself."""
    found = Counted()
    for one in _OF_THESE(session, viewer, videos=list(videos), clips=list(clips)).scalars():
        if one.clip_id is not None:
            found.clips[one.clip_id] = one.count
        elif one.video_id is not None:
            found.videos[one.video_id] = one.count
    return found


_OF_THESE = prepared(
    lambda viewer: select(OwnWatch).where(
        visible_to(viewer, OwnWatch),
        or_(
            OwnWatch.video_id.in_(bindparam("videos", expanding=True)),
            OwnWatch.clip_id.in_(bindparam("clips", expanding=True)),
        ),
    )
)


def is_model_of_mine(session: Session, viewer: Viewer, video_id: str, clip_id: str | None = None) -> bool:
    """Whether the video, or the clip, is a model that was shown to the viewer for a step of hers.

    In a round or a meeting it is one only if it is of the coach she had there. Somebody else's film, which
    either of the two can put there, stays a film whose owner learns who watched it.
    """
    mine = select(ActionStep.step_id).where(ActionStep.coachee_id == viewer.person_id)
    copied_from = select(Step.based_on_id).where(Step.id.in_(mine))
    in_the_library = select(Exemplar.id).where(
        Exemplar.video_id == video_id,
        or_(Exemplar.clip_id.is_(None), Exemplar.clip_id == clip_id),
        or_(Exemplar.step_id.in_(mine), Exemplar.step_id.in_(copied_from)),
        Exemplar.state == PublicationState.PUBLISHED,
        visible_to(viewer, Exemplar),
    )
    in_a_round = (
        select(Round.id)
        .join(ActionStep, ActionStep.id == Round.action_step_id)
        .join(Video, Video.id == Round.video_id)
        .outerjoin(Meeting, Meeting.id == Round.meeting_id)
        .outerjoin(Pairing, Pairing.id == Meeting.pairing_id)
        .where(
            Round.video_id == video_id,
            Round.kind == RoundKind.MODEL,
            ActionStep.coachee_id == viewer.person_id,
            # Outside of a meeting her coach alone adds a model.
            Video.owner_id == func.coalesce(Pairing.coach_id, Round.created_by_id),
        )
    )
    in_a_meeting = (
        select(Meeting.id)
        .join(Pairing, Pairing.id == Meeting.pairing_id)
        .join(Video, Video.id == Meeting.model_video_id)
        .where(
            Meeting.model_video_id == video_id,
            Pairing.coachee_id == viewer.person_id,
            Video.owner_id == Pairing.coach_id,
        )
    )
    return bool(
        session.scalar(select(or_(in_a_round.exists(), in_a_meeting.exists(), in_the_library.exists())))
    )
