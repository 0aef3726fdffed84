"""Proposing a film, or one clip of it, as the model of a step."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.may_exemplars import may_propose, may_title
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.clips.models import Clip
from pennydrop.clips.seen import hold_as_seen
from pennydrop.clock import utcnow
from pennydrop.db.hold import hold
from pennydrop.errors import Conflict, Invalid
from pennydrop.exemplars.consent import Permission
from pennydrop.exemplars.models import Exemplar
from pennydrop.exemplars.tell import tell
from pennydrop.exemplars.two_people import must_show_one
from pennydrop.library.find import get_library_step
from pennydrop.people.models import Person
from pennydrop.videos.change import clean_title
from pennydrop.videos.models import Video, VideoState


class PermissionDeclined(Conflict):
    """Who is in the film has said no; asking again would be pressing her."""

    def __init__(self, owner: Person) -> None:
        super().__init__(f"{owner.name} would rather not show this. She can change her mind herself.")


def propose(
    session: Session,
    viewer: Viewer,
    *,
    step: str,
    video: str | None = None,
    clip: str | None = None,
    title: str = "",
) -> Exemplar:
    """Propose a film, or a clip, as the model of the library step `step` (its id or slug).

    Who proposes herself permits it by that. Proposing again returns what was proposed. Raises `Invalid`,
    `PermissionDeclined`, `ShowsTwoPeople`, `CutAnew`.
    """
    film, part = _shown(session, viewer, video, clip)
    may_propose(session, viewer, film)
    if part is not None:
        hold_as_seen(session, part)
    must_show_one(session, film)
    if film.state not in (VideoState.WATCHABLE, VideoState.READY):
        raise Conflict(f"“{film.title}” can't be watched yet. You can propose it once it plays.")
    target = get_library_step(session, viewer, step)
    known = session.scalar(
        select(Exemplar).where(
            Exemplar.step_id == target.id,
            Exemplar.video_id == film.id,
            Exemplar.clip_id == (part.id if part else None),
        )
    )
    if known is not None:
        if known.permission is Permission.DECLINED and film.owner_id != viewer.person_id:
            raise PermissionDeclined(film.owner)
        return known
    exemplar = Exemplar(
        step_id=target.id,
        video_id=film.id,
        clip_id=part.id if part else None,
        title=clean_title(title.strip() or (part or film).title),
        owner_id=film.owner_id,
        proposed_by_id=viewer.person_id,
        permitted_at=utcnow() if film.owner_id == viewer.person_id else None,
    )
    session.add(exemplar)
    tell(session, viewer, exemplar, "proposed")
    return exemplar


def rename(session: Session, viewer: Viewer, exemplar: Exemplar, *, title: str) -> None:
    """Give the model another title. The film keeps its own."""
    hold(session, exemplar)
    may_title(session, viewer, exemplar)
    exemplar.title = clean_title(title)
    tell(session, viewer, exemplar, "renamed")


def _shown(
    session: Session, viewer: Viewer, video_id: str | None, clip_id: str | None
) -> tuple[Video, Clip | None]:
    if (video_id is None) == (clip_id is None):
        raise Invalid("Please choose a film or a clip to be the model.")
    if clip_id is None:
        return get_visible(session, viewer, Video, video_id or ""), None
    clip = get_visible(session, viewer, Clip, clip_id)
    return clip.video, clip
