"""What an owner can read: what was done with what is hers, and who watched it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.audit.models import AuditEntry
from pennydrop.paging import DEFAULT_LIMIT, Page, id_in
from pennydrop.people.models import Person
from pennydrop.videos.models import Video, Watch

_TITLE_ALONE = (lazyload(Video.owner), lazyload(Video.filmed_by), lazyload(Video.renditions))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done; `by` is None where Pennydrop did it by itself."""

    id: str
    at: datetime
    action: str
    subject_id: str | None
    detail: str
    by: Person | None


@dataclass(frozen=True, slots=True)
class Watched:
    """Somebody watched a film of mine, or one clip of it."""

    id: str
    at: datetime
    video: Video
    clip_id: str | None
    by: Person


def entries(
    session: Session, viewer: Viewer, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Entry]:
    """Return what was done with the viewer's own material, newest first."""
    query = (
        select(AuditEntry, Person)
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .where(visible_to(viewer, AuditEntry))
        .order_by(AuditEntry.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        query = query.where(AuditEntry.id < id_in(cursor))
    found = [
        Entry(entry.id, entry.at, entry.action, entry.subject_id, entry.detail, by)
        for entry, by in session.execute(query)
    ]
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)


def watches(
    session: Session, viewer: Viewer, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Watched]:
    """Return who watched the viewer's own films and clips, newest first."""
    query = (
        select(Watch.id)
        .join(Video, Video.id == Watch.video_id)
        .where(Video.owner_id == viewer.person_id)
        .order_by(Watch.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        query = query.where(Watch.id < id_in(cursor))
    shown = (
        select(Watch, Video)
        .join(Video, Video.id == Watch.video_id)
        .where(Watch.id.in_(query))
        .options(*_TITLE_ALONE)
        .order_by(Watch.id.desc())
    )
    found = [
        Watched(watch.id, watch.started_at, video, watch.clip_id, watch.person)
        for watch, video in session.execute(shown)
    ]
    return Page(found[:limit], found[limit - 1].id if len(found) > limit else None)
