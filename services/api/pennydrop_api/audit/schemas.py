"""What the API says about what was done."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from pennydrop.audit.read import Entry, Watched
from pennydrop_api.people.schemas import PersonRef


class AuditEntry(BaseModel):
    id: str
    at: datetime
    action: str
    """`<area>.<what happened>`, for example `video.shared`."""
    subject: str | None
    """The id of what it was done to; it may be gone."""
    detail: str
    by: PersonRef | None
    """Null when Pennydrop did it by itself."""

    @classmethod
    def of(cls, entry: Entry) -> AuditEntry:
        return cls(
            id=entry.id,
            at=entry.at,
            action=entry.action,
            subject=entry.subject_id,
            detail=entry.detail,
            by=PersonRef.of(entry.by) if entry.by else None,
        )


class AuditEntries(BaseModel):
    items: list[AuditEntry]
    next_cursor: str | None


class WatchedVideo(BaseModel):
    id: str
    title: str


class WatchEntry(BaseModel):
    """Somebody watched one of my films, or a clip of it."""

    id: str
    at: datetime
    video: WatchedVideo
    clip: str | None
    by: PersonRef

    @classmethod
    def of(cls, watched: Watched) -> WatchEntry:
        return cls(
            id=watched.id,
            at=watched.at,
            video=WatchedVideo(id=watched.video.id, title=watched.video.title),
            clip=watched.clip_id,
            by=PersonRef.of(watched.by),
        )


class WatchEntries(BaseModel):
    items: list[WatchEntry]
    next_cursor: str | None
