"""How much may still come: a person's quota and the disk's own limit, reserved before the first byte."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.uploads.errors import DiskFull, FilmTooLarge, QuotaFull
from pennydrop.uploads.models import Upload, UploadState
from pennydrop.videos.models import Source

# Where nobody can tell how much a bucket holds, its server says when there is no more.
_NO_DISK = 1 << 62


@dataclass(frozen=True, slots=True)
class Limits:
    """What an installation takes, in bytes."""

    largest: int
    quota: int
    keep_free: int

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        return cls(settings.upload_max_bytes, settings.quota_bytes, settings.keep_free_bytes)


@dataclass(frozen=True, slots=True)
class Room:
    """What is left for one owner, in bytes, on top of all that is reserved."""

    limits: Limits
    quota: int
    disk: int

    def check(self, wanted: int) -> None:
        """Raise `QuotaFull` or `DiskFull` unless there is room for `wanted` more bytes."""
        if wanted > self.quota:
            raise QuotaFull(self.limits.quota)
        if wanted > self.disk:
            raise DiskFull


def room_for(session: Session, owner_id: str, limits: Limits, free_bytes: int | None) -> Room:
    """Count what `owner_id` may still send, with `free_bytes` on the disk now, where there is a disk.

    Others who count for the same owner wait until this transaction ends: what is free is given away once.
    """
    session.execute(select(Person.id).where(Person.id == owner_id).with_for_update(key_share=True))
    kept = session.scalar(select(func.coalesce(func.sum(Source.size), 0)).where(Source.owner_id == owner_id))
    coming = session.scalar(
        select(func.coalesce(func.sum(Upload.reserved), 0)).where(
            Upload.owner_id == owner_id, Upload.state == UploadState.OPEN
        )
    )
    promised = session.scalar(
        select(func.coalesce(func.sum(Upload.reserved - Upload.offset), 0)).where(
            Upload.state == UploadState.OPEN
        )
    )
    return Room(
        limits=limits,
        quota=limits.quota - int(kept or 0) - int(coming or 0),
        disk=_NO_DISK if free_bytes is None else free_bytes - limits.keep_free - int(promised or 0),
    )


def check_size(length: int, limits: Limits) -> None:
    """Raise `FilmTooLarge` for more than is ever taken in one file."""
    if length > limits.largest:
        raise FilmTooLarge(limits.largest)
