"""Today: a coachee's present step, her clips of it, and what others did for her lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, text, union_all
from sqlalchemy.orm import Session, lazyload

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.clips.find import clips_of_steps
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.find import present_steps
from pennydrop.coaching.models import ActionStep
from pennydrop.coaching.thread import Knot, Place, of_clip, thread_of
from pennydrop.coaching.told import Answer, answers_since
from pennydrop.db.loaded import by_id
from pennydrop.meetings.find import next_and_visits
from pennydrop.meetings.models import Meeting
from pennydrop.moments.models import Moment
from pennydrop.people.models import Person
from pennydrop.videos.models import Video, VideoState

# “Lately”: two weeks of school, so that a part-timer's free days hide nothing.
LATELY = timedelta(days=14)
MAX_NEWS = 20


class NewsKind(StrEnum):
    MOMENTS = "moments"
    CLIPS = "clips"


@dataclass(frozen=True, slots=True)
class News:
    """What one person did on one of my videos lately: “Sam marked 3 moments in Tuesday's lesson”."""

    kind: NewsKind
    by: Person
    video: Video
    count: int
    start_ms: int
    """Where the first of them is on the video."""
    at: datetime
    """When the latest was made."""


@dataclass(frozen=True, slots=True)
class Today:
    step: ActionStep | None
    moment: Knot | None
    """The clip that showed why, else the newest of the step …"""
    model: Knot | None
    """… how it is done …"""
    best_take: Knot | None
    """… and how I did it: the take called best, else the newest."""
    clips: Sequence[Clip]
    """The newest of the present step, newest first."""
    meeting: Meeting | None
    """The one that goes on, or comes next."""
    news: Sequence[News]
    """Newest first."""
    drop_ins: Sequence[Meeting]
    """Who dropped in lately, newest first."""
    answers: Sequence[Answer]
    """What came lately of what I proposed, newest first."""


def today(session: Session, viewer: Viewer) -> Today:
    """Return what the viewer, as a coachee, wants to see first."""
    step = present_steps(session, viewer, [viewer.person_id]).get(viewer.person_id)
    films = [knot for knot in thread_of(session, viewer, step) if _plays(knot.video)] if step else []
    found = clips_of_steps(session, viewer, [step.id]) if step else []
    takes = [knot for knot in films if knot.place is Place.TAKE]
    since = utcnow() - LATELY
    meeting, visits = next_and_visits(session, viewer, since)
    return Today(
        step=step,
        moment=_last(knot for knot in films if knot.place is Place.MOMENT) or _newest(found),
        model=_last(knot for knot in films if knot.place is Place.MODEL),
        best_take=_last(knot for knot in takes if knot.round and knot.round.is_best) or _last(takes),
        clips=found,
        meeting=meeting,
        news=_news(session, viewer, since),
        drop_ins=visits,
        answers=answers_since(session, viewer, since),
    )


def _plays(video: Video) -> bool:
    return video.state in (VideoState.WATCHABLE, VideoState.READY)


def _last(knots: Iterable[Knot]) -> Knot | None:
    return next(iter(reversed(list(knots))), None)


def _newest(clips: Sequence[Clip]) -> Knot | None:
    """A step that was set without a clip has its moment as soon as one is tied to it."""
    return next((of_clip(Place.MOMENT, clip) for clip in clips if _plays(clip.video)), None)


def _news(session: Session, viewer: Viewer, since: datetime) -> list[News]:
    rows = _MARKED(session, viewer, since=since).all()
    people = by_id(session, Person, {row[1] for row in rows})
    videos = by_id(session, Video, {row[2] for row in rows}, lazyload("*"))
    return [
        News(NewsKind(kind), people[by], videos[video], count, start_ms, at)
        for kind, by, video, count, start_ms, at in rows
    ]


def _marked(viewer: Viewer, kind: NewsKind, model: Any, by: Any) -> Select[str, str, str, int, int, datetime]:
    """Return who made things of a kind on the viewer's films, how many, where the first is."""
    return (
        select(
            literal(kind.value),
            by,
            Video.id,
            func.count(),
            func.min(model.start_ms),
            func.max(model.created_at).label("at"),
        )
        .join(Video, Video.id == model.video_id)
        .where(
            Video.owner_id == viewer.person_id,
            by != viewer.person_id,
            model.created_at >= bindparam("since"),
            visible_to(viewer, model),
        )
        .group_by(by, Video.id)
    )


_MARKED = prepared(
    lambda viewer: (
        union_all(
            _marked(viewer, NewsKind.MOMENTS, Moment, Moment.author_id),
            _marked(viewer, NewsKind.CLIPS, Clip, Clip.made_by_id),
        )
        .order_by(text("at DESC"))
        .limit(MAX_NEWS)
    )
)
