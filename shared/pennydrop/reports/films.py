"""What administrators know of films: that they are there, whose, how large; never what is in them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from pennydrop.access.may_people import may_administer
from pennydrop.access.ties import members
from pennydrop.access.viewer import Viewer
from pennydrop.paging import DEFAULT_LIMIT, Page, id_in
from pennydrop.people.models import Person
from pennydrop.videos.models import Rendition, Video


@dataclass(frozen=True, slots=True)
class FilmOnRecord:
    """A film and the bytes it takes, everything made from it included."""

    video: Video
    bytes: int


def films_on_record(
    session: Session, viewer: Viewer, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[FilmOnRecord]:
    """Return the films of the administrator's organisation, newest first. Raises `NotAllowed` for others."""
    may_administer(viewer)
    query = (
        select(Video)
        .where(Video.owner_id.in_(members(viewer)))
        .options(joinedload(Video.source), joinedload(Video.owner, Person.school))
        .order_by(Video.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        query = query.where(Video.id < id_in(cursor))
    videos = session.scalars(query).all()
    rows = session.execute(
        select(Rendition.video_id, func.sum(Rendition.size))
        .where(Rendition.video_id.in_([video.id for video in videos]))
        .group_by(Rendition.video_id)
    )
    made = {video_id: int(size) for video_id, size in rows}
    found = [
        FilmOnRecord(video, (video.source.size if video.source else 0) + made.get(video.id, 0))
        for video in videos[:limit]
    ]
    return Page(found, videos[limit - 1].id if len(videos) > limit else None)
