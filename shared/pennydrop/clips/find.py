"""Finding clips, and saying who can see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from pennydrop.access.prepared import prepared
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import check_visible, clips_at_most, get_visible, visible_to
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.coaching.models import ActionStep
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT, Page, id_in
from pennydrop.people.models import Pairing, Person
from pennydrop.videos.find import watchable_of
from pennydrop.videos.models import Video

# As many as one looks over where a step is shown; `list_clips` has them all.
MOST_OF_STEP = 12


def clips_of_video(
    session: Session, viewer: Viewer, video_id: str, *, cursor: str | None = None, limit: int = MAX_LIMIT
) -> Page[Clip]:
    """Return the clips of one video, oldest first."""
    check_visible(session, viewer, Video, video_id)
    # Ids begin with their time, and nothing sorts before the empty one.
    after = id_in(cursor) if cursor else ""
    found = _OF_VIDEO(session, viewer, video=video_id, after=after, most=limit + 1).scalars().all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def list_clips(
    session: Session,
    viewer: Viewer,
    *,
    coachee: str | None = None,
    action_step: str | None = None,
    criterion: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[Clip]:
    """Return the clips the viewer may see, newest first. `coachee` is who is in them: an id or `me`."""
    query = select(Clip.id).where(visible_to(viewer, Clip), Clip.id.in_(clips_at_most(viewer)))
    query = query.order_by(Clip.id.desc())
    if coachee is not None:
        owner = viewer.person_id if coachee == "me" else coachee
        query = query.where(Clip.video_id.in_(select(Video.id).where(Video.owner_id == owner)))
    if action_step is not None:
        visible = select(ActionStep.id).where(ActionStep.id == action_step, visible_to(viewer, ActionStep))
        query = query.where(Clip.action_step_id.in_(visible))
    if criterion is not None:
        query = query.where(Clip.criterion_id == criterion)
    if cursor:
        query = query.where(Clip.id < id_in(cursor))
    shown = select(Clip).where(Clip.id.in_(query.limit(limit + 1))).order_by(Clip.id.desc())
    found = session.scalars(shown).all()
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def clips_of_steps(session: Session, viewer: Viewer, action_step_ids: Sequence[str]) -> Sequence[Clip]:
    """Return the newest clips of these action steps, `MOST_OF_STEP` of each at most, newest first."""
    return _OF_STEPS(session, viewer, ids=list(action_step_ids)).scalars().all()


def get_clip(session: Session, viewer: Viewer, clip_id: str) -> Clip:
    """Return one clip. Raises `NotFound` where the viewer may not see it."""
    return get_visible(session, viewer, Clip, clip_id)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the viewer sees around one clip."""

    whole_video: bool
    """Its video too, so that it plays as a window on that; else only the clip's own file is hers."""
    working: bool
    """She is the coachee in it or her coach: steps, moments and the audience are her business."""
    audience: Sequence[Person]
    """Everybody else who can see the clip: for the line “Only you and Aisha”."""
    shared: bool
    """Its owner permits people to see it who don't work with her; told to those who are working."""


_IDS: Any = bindparam("ids", expanding=True)
_COACHES = (
    select(Pairing.coachee_id, Person)
    .join(Person, Person.id == Pairing.coach_id)
    .where(Pairing.coachee_id.in_(_IDS), Pairing.ended_at.is_(None), Person.disabled_at.is_(None))
    .order_by(Pairing.id)
)
_SHARES = select(ClipShare).where(ClipShare.clip_id.in_(_IDS)).order_by(ClipShare.id)
_OF_VIDEO = prepared(
    lambda viewer: (
        select(Clip)
        .where(
            Clip.video_id == bindparam("video"),
            Clip.id > bindparam("after"),
            visible_to(viewer, Clip),
        )
        .order_by(Clip.id)
        .limit(bindparam("most"))
    )
)


def _of_steps(viewer: Viewer) -> Select[Clip]:
    place = func.row_number().over(partition_by=Clip.action_step_id, order_by=Clip.id.desc())
    tied = (
        select(Clip.id, place.label("place"))
        .where(Clip.action_step_id.in_(_IDS), visible_to(viewer, Clip))
        .subquery()
    )
    newest = select(tied.c.id).where(tied.c.place <= MOST_OF_STEP)
    return select(Clip).where(Clip.id.in_(newest)).order_by(Clip.id.desc())


_OF_STEPS = prepared(_of_steps)


def reach(session: Session, viewer: Viewer, clips: Sequence[Clip]) -> dict[str, Reach]:
    """Return for each of these visible clips what else the viewer may know, by three queries in all."""
    owners = {clip.video.owner_id for clip in clips}
    coaches: dict[str, list[Person]] = {owner: [] for owner in owners}
    for coachee_id, coach in session.execute(_COACHES, {"ids": list(owners)}):
        coaches[coachee_id].append(coach)
    permitted: dict[str, list[Person]] = {clip.id: [] for clip in clips}
    for share in session.scalars(_SHARES, {"ids": list(permitted)}):
        permitted[share.clip_id].append(share.person)
    whole = watchable_of(session, viewer, [clip.video for clip in clips])
    return {
        clip.id: _reach(
            viewer, clip, clip.video_id in whole, coaches[clip.video.owner_id], permitted[clip.id]
        )
        for clip in clips
    }


def _reach(
    viewer: Viewer, clip: Clip, whole_video: bool, coaches: list[Person], permitted: list[Person]
) -> Reach:
    owner = clip.video.owner
    working = viewer.person_id in {owner.id, *(coach.id for coach in coaches)}
    # Who was only permitted to see the clip learns whose it is, not who else was permitted.
    everybody = [owner, *coaches, *permitted] if working else [owner]
    audience = {person.id: person for person in everybody if person.id != viewer.person_id}
    return Reach(
        whole_video=whole_video,
        working=working,
        audience=list(audience.values()),
        shared=working and bool(permitted),
    )
