"""What administrators know of room before it is gone: the disk's, and who has nearly used up her own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.access.may_people import may_administer
from pennydrop.access.ties import members
from pennydrop.access.viewer import Viewer
from pennydrop.people.models import Person
from pennydrop.uploads.room import Limits
from pennydrop.videos.models import Source

# Told while there is still time to delete or to buy.
_NEARLY = 0.8


class DiskState(StrEnum):
    FINE = "fine"
    LOW = "low"
    """The largest film that is taken might not find room."""
    FULL = "full"
    """Uploads are turned away."""


@dataclass(frozen=True, slots=True)
class NearlyFull:
    """Somebody whose films take most of what she may keep."""

    person: Person
    bytes: int


@dataclass(frozen=True, slots=True)
class RoomNow:
    disk: DiskState
    left: int | None
    """Bytes that uploads may still use; None where nobody can tell."""
    quota: int
    nearly_full: Sequence[NearlyFull]
    """Fullest first."""


def room_now(session: Session, viewer: Viewer, limits: Limits, free_bytes: int | None) -> RoomNow:
    """Return how much room there is, with `free_bytes` on the disk. Raises `NotAllowed` for others."""
    may_administer(viewer)
    left = None if free_bytes is None else max(0, free_bytes - limits.keep_free)
    kept = func.sum(Source.size)
    rows = session.execute(
        select(Source.owner_id, kept)
        .where(Source.owner_id.in_(members(viewer)))
        .group_by(Source.owner_id)
        .having(kept >= limits.quota * _NEARLY)
        .order_by(kept.desc())
    )
    nearly = [NearlyFull(session.get_one(Person, person_id), int(size)) for person_id, size in rows.all()]
    return RoomNow(_state(left, limits), left, limits.quota, nearly)


def _state(left: int | None, limits: Limits) -> DiskState:
    if left is None or left >= limits.largest:
        return DiskState.FINE
    return DiskState.LOW if left else DiskState.FULL
