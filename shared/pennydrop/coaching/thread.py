"""The thread of a step: praise → the moment → the model → each take → the next lesson, each at its second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, lazyload

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.coaching.find import get_step
from pennydrop.coaching.models import ActionStep
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.find import IN_A_LIST
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step
from pennydrop.meetings.find import shows_preparation
from pennydrop.meetings.models import ClipPurpose, Meeting
from pennydrop.rounds.models import Round, RoundKind
from pennydrop.videos.models import Purpose, Video, VideoState


class Place(StrEnum):
    """What of a step's story a film shows, in the order of the strip."""

    PRAISE = "praise"
    MOMENT = "moment"
    MODEL = "model"
    TAKE = "take"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True)
class Knot:
    """One film or clip of the thread."""

    place: Place
    video: Video
    """What to open …"""
    start_ms: int
    """… and where."""
    end_ms: int | None
    """Empty: to its end."""
    at: datetime
    clip: Clip | None = None
    round: Round | None = None
    alone: bool = False
    """The clip from its own file: its film isn't shown."""


Filmed = tuple[Round, Video]


def thread(session: Session, viewer: Viewer, action_step_id: str) -> tuple[ActionStep, list[Knot]]:
    """Return a step and its thread, as far as the viewer may watch it. What was deleted is left out."""
    step = get_step(session, viewer, action_step_id)
    return step, thread_of(session, viewer, step)


def thread_of(session: Session, viewer: Viewer, step: ActionStep) -> list[Knot]:
    meetings = _meetings(session, viewer, step)
    praised = _praised(meetings)
    clips = _clips(session, viewer, [*praised, step.clip_id])
    filmed = _filmed(session, viewer, step)
    return [
        *(of_clip(Place.PRAISE, clips[one]) for one in praised if one in clips),
        *(of_clip(Place.MOMENT, clips[one]) for one in (step.clip_id,) if one in clips),
        *_models(session, viewer, step, meetings, filmed),
        *_takes(session, viewer, step, filmed),
        *_next_lesson(session, viewer, step),
    ]


def _meetings(session: Session, viewer: Viewer, step: ActionStep) -> Sequence[Meeting]:
    found = _MEETINGS(session, viewer, step=step.id).scalars()
    return [meeting for meeting in found if shows_preparation(viewer, meeting)]


def _praised(meetings: Sequence[Meeting]) -> list[str]:
    """The clips with which the meeting that agreed this step praised how the step before went."""
    queued = (one for meeting in meetings[:1] for one in meeting.clips)
    return list(dict.fromkeys(one.clip_id for one in queued if one.purpose is ClipPurpose.PRAISE))


def _clips(session: Session, viewer: Viewer, ids: Sequence[str | None]) -> dict[str | None, Clip]:
    wanted = [one for one in ids if one is not None]
    return {clip.id: clip for clip in _CLIPS(session, viewer, ids=wanted).scalars()} if wanted else {}


def _models(
    session: Session, viewer: Viewer, step: ActionStep, meetings: Sequence[Meeting], filmed: Sequence[Filmed]
) -> list[Knot]:
    knots = _of_rounds(filmed, RoundKind.MODEL, Place.MODEL)
    there = {knot.video.id for knot in knots}
    for meeting in meetings:
        if meeting.model_video_id is None or meeting.model_video_id in there:
            continue
        video = _VIDEO(session, viewer, video=meeting.model_video_id).scalars().first()
        if video is not None:
            knots.append(Knot(Place.MODEL, video, 0, None, meeting.started_at or meeting.created_at))
    return [*_exemplars(session, viewer, step, knots), *sorted(knots, key=lambda knot: knot.at)]


def _exemplars(session: Session, viewer: Viewer, step: ActionStep, knots: Sequence[Knot]) -> list[Knot]:
    """The library's published models of the step, ahead of what the coach filmed for her: that is nearer."""
    if step.step_id is None:
        return []
    there = {knot.video.id for knot in knots}
    found = (
        select(Exemplar)
        .outerjoin(Clip, Clip.id == Exemplar.clip_id)
        .where(
            Exemplar.step_id.in_(models_in_library(step)),
            Exemplar.state == PublicationState.PUBLISHED,
            or_(Exemplar.clip_id.is_not(None), Exemplar.video_id.not_in(there)),
            # A clip alone plays from its own file.
            or_(Exemplar.clip_id.is_(None), Clip.file_state == ClipFileState.READY),
            visible_to(viewer, Exemplar),
        )
        .options(*IN_A_LIST)
    )
    return [_of_model(one) for one in session.scalars(found.order_by(Exemplar.published_at)).unique()]


def models_in_library(step: ActionStep) -> Select[str]:
    """The ids of the library step this one was copied from, and of what that is a school's own copy of."""
    return select(Step.id).where(
        or_(
            Step.id == step.step_id,
            Step.id == select(Step.based_on_id).where(Step.id == step.step_id).scalar_subquery(),
        )
    )


def _of_model(one: Exemplar) -> Knot:
    at = one.published_at or one.created_at
    if one.clip is None:
        return Knot(Place.MODEL, one.video, 0, None, at)
    return Knot(Place.MODEL, one.video, one.clip.start_ms, one.clip.end_ms, at, clip=one.clip, alone=True)


def _takes(session: Session, viewer: Viewer, step: ActionStep, filmed: Sequence[Filmed]) -> list[Knot]:
    """The films of rounds, and rehearsals that were sent for this step without a round."""
    knots = _of_rounds(filmed, RoundKind.REHEARSAL, Place.TAKE)
    loose = _LOOSE(session, viewer, step=step.id, coachee=step.coachee_id).scalars()
    knots += [Knot(Place.TAKE, video, 0, None, filmed_at(video)) for video in loose]
    return sorted(knots, key=lambda knot: knot.at)


def _filmed(session: Session, viewer: Viewer, step: ActionStep) -> list[Filmed]:
    """The rounds of a step whose films the viewer may watch, the first first."""
    return [(one, video) for one, video in _FILMED(session, viewer, step=step.id)]


def _of_rounds(filmed: Sequence[Filmed], kind: RoundKind, place: Place) -> list[Knot]:
    return [
        Knot(place, video, 0, None, one.created_at, round=one) for one, video in filmed if one.kind is kind
    ]


def _next_lesson(session: Session, viewer: Viewer, step: ActionStep) -> list[Knot]:
    """The first lesson after the step was set; it opens where the step is to be seen, if that was clipped."""
    lesson = _LESSON(session, viewer, coachee=step.coachee_id, since=step.created_at).scalars().first()
    if lesson is None:
        return []
    seen = _SEEN_THERE(session, viewer, lesson=lesson.id, step=step.id, first=step.clip_id or "")
    clip = seen.scalars().first()
    if clip is not None:
        return [of_clip(Place.LESSON, clip)]
    return [Knot(Place.LESSON, lesson, 0, None, filmed_at(lesson))]


def of_clip(place: Place, clip: Clip) -> Knot:
    return Knot(place, clip.video, clip.start_ms, clip.end_ms, filmed_at(clip.video), clip=clip)


def filmed_at(video: Video) -> datetime:
    return video.recorded_at or video.created_at


# What every Today asks.
_FILMED_AT = func.coalesce(Video.recorded_at, Video.created_at)
_MEETINGS = prepared(
    lambda viewer: (
        select(Meeting)
        .where(Meeting.action_step_id == bindparam("step"), visible_to(viewer, Meeting))
        .options(lazyload(Meeting.questions), lazyload(Meeting.phases), lazyload(Meeting.consents))
        .order_by(Meeting.id)
    )
)
_FILMED = prepared(
    lambda viewer: (
        select(Round, Video)
        .join(Video, Video.id == Round.video_id)
        .where(
            Round.action_step_id == bindparam("step"),
            visible_to(viewer, Video),
        )
        .options(lazyload(Round.action_step))
        .order_by(Round.id)
    )
)
_CLIPS = prepared(
    lambda viewer: select(Clip).where(Clip.id.in_(bindparam("ids", expanding=True)), visible_to(viewer, Clip))
)
_VIDEO = prepared(
    lambda viewer: select(Video).where(Video.id == bindparam("video"), visible_to(viewer, Video))
)
_LOOSE = prepared(
    lambda viewer: select(Video).where(
        Video.action_step_id == bindparam("step"),
        Video.purpose == Purpose.REHEARSAL,
        Video.owner_id == bindparam("coachee"),
        Video.id.not_in(
            select(Round.video_id).where(
                Round.action_step_id == bindparam("step"), Round.video_id.is_not(None)
            )
        ),
        visible_to(viewer, Video),
    )
)
_LESSON = prepared(
    lambda viewer: (
        select(Video)
        .where(
            Video.owner_id == bindparam("coachee"),
            Video.purpose == Purpose.LESSON,
            Video.state.not_in((VideoState.UPLOADING, VideoState.FAILED)),
            bindparam("since") < _FILMED_AT,
            visible_to(viewer, Video),
        )
        .order_by(_FILMED_AT)
        .limit(1)
    )
)
_SEEN_THERE = prepared(
    lambda viewer: (
        select(Clip)
        .where(
            Clip.video_id == bindparam("lesson"),
            Clip.action_step_id == bindparam("step"),
            Clip.id != bindparam("first"),
            visible_to(viewer, Clip),
        )
        .order_by(Clip.start_ms)
        .limit(1)
    )
)
