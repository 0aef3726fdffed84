"""Reports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop.reports.films import FilmOnRecord, films_on_record
from pennydrop.reports.room import DiskState, room_now
from pennydrop.reports.sessions import sessions_held
from pennydrop.uploads.room import Limits
from pennydrop.videos.models import Purpose, VideoState
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, SettingsDep, StoreDep, ViewerDep
from pennydrop_api.people.schemas import PersonRef, SchoolRef

router = routing.router(prefix="/reports", tags=["reports"])


class Film(BaseModel):
    """A film as those who look after storage know it. It can't be watched by way of this."""

    id: str
    purpose: Purpose
    owner: PersonRef
    school: SchoolRef
    filmed_by: PersonRef
    state: VideoState
    duration_ms: int | None
    bytes: int
    """What it takes, with everything made from it."""
    created_at: datetime

    @classmethod
    def of(cls, film: FilmOnRecord) -> Film:
        video = film.video
        return cls(
            id=video.id,
            purpose=video.purpose,
            owner=PersonRef.of(video.owner),
            school=SchoolRef.of(video.owner.school),
            filmed_by=PersonRef.of(video.filmed_by),
            state=video.state,
            duration_ms=video.duration_ms,
            bytes=film.bytes,
            created_at=video.created_at,
        )


class Films(BaseModel):
    items: list[Film]
    next_cursor: str | None


@router.get("/films")
def list_films_on_record(
    session: SessionDep,
    viewer: ViewerDep,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> Films:
    """The films of my organisation as storage (administrators): whose, how long, how large; no titles."""
    page = films_on_record(session, viewer, cursor=cursor, limit=limit)
    return Films(items=[Film.of(film) for film in page.items], next_cursor=page.next_cursor)


class NearlyFull(BaseModel):
    """Somebody whose films take most of what one person may keep."""

    person: PersonRef
    school: SchoolRef
    bytes: int


class RoomNow(BaseModel):
    """How much room there is for films."""

    disk: DiskState
    left: int | None
    """Bytes that uploads may still use; none where nobody can tell."""
    quota: int
    """What one person's films may take together, in bytes."""
    nearly_full: list[NearlyFull]


@router.get("/room")
def show_room(session: SessionDep, viewer: ViewerDep, settings: SettingsDep, store: StoreDep) -> RoomNow:
    """How much room there is, and who has nearly used up her own (administrators)."""
    room = room_now(session, viewer, Limits.of(settings), store.free_bytes())
    return RoomNow(
        disk=room.disk,
        left=room.left,
        quota=room.quota,
        nearly_full=[
            NearlyFull(
                person=PersonRef.of(one.person), school=SchoolRef.of(one.person.school), bytes=one.bytes
            )
            for one in room.nearly_full
        ],
    )


class PairingSessions(BaseModel):
    """When two people met; nothing of what was said or seen."""

    pairing: str
    coach: PersonRef
    coachee: PersonRef
    started_at: datetime
    ended_at: datetime | None
    meetings: list[datetime]
    drop_ins: list[datetime]


@router.get("/sessions")
def list_sessions_held(session: SessionDep, viewer: ViewerDep) -> list[PairingSessions]:
    """Dates on which pairings met: my own and, where I lead coaching, those of my schools."""
    return [
        PairingSessions(
            pairing=one.pairing.id,
            coach=PersonRef.of(one.pairing.coach),
            coachee=PersonRef.of(one.pairing.coachee),
            started_at=one.pairing.started_at,
            ended_at=one.pairing.ended_at,
            meetings=list(one.meetings),
            drop_ins=list(one.drop_ins),
        )
        for one in sessions_held(session, viewer)
    ]
