"""Every stored file that rows know, with the size and the sha256 it must have; in an order to go through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from pennydrop.clips.models import Clip, ClipOriginal
from pennydrop.storage import keys
from pennydrop.videos.models import Rendition, RenditionName, Source


class Kept(StrEnum):
    """What a stored file is. A pass goes through them in this order."""

    SOURCE = "source"
    RENDITION = "rendition"
    CLIP = "clip"
    CLIP_ORIGINAL = "clip_original"


@dataclass(frozen=True, slots=True)
class StoredFile:
    key: str
    size: int | None
    sha256: str | None
    """None where nobody has read the bytes yet."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A row and the files that it says are stored."""

    kind: Kept
    id: str
    files: tuple[StoredFile, ...]
    name: RenditionName | None = None
    """Which rendition it is."""
    knows_all: bool = True
    """False where an earlier version didn't note what lies beside the file."""

    @property
    def place(self) -> str:
        """Where this is in a pass."""
        return f"{self.kind}/{self.id}"


def recorded(session: Session, after: str, limit: int) -> list[Recorded]:
    """Return up to `limit` rows with files that come after the place `after` (empty: from the beginning).

    An empty answer means the end. Rows go by their ids: every database sorts those alike.
    """
    kinds = list(Kept)
    kind, _, last_id = after.partition("/")
    first = kinds.index(Kept(kind)) if kind else 0
    found: list[Recorded] = []
    for one in kinds[first:]:
        rows = session.scalars(_query(one, last_id).limit(limit - len(found)))
        found += [_of(one, row) for row in rows]
        if len(found) >= limit:
            break
        last_id = ""
    return found


def as_it_is_now(session: Session, record: Recorded) -> Recorded | None:
    """Return what a row says by now, or None when it is gone."""
    row = session.scalar(
        select(_MODELS[record.kind])
        .where(_IDS[record.kind] == record.id)
        .execution_options(populate_existing=True)
    )
    return None if row is None else _of(record.kind, row)


def all_files(session: Session) -> Iterator[StoredFile]:
    """Yield every file that rows know."""
    after = ""
    while page := recorded(session, after, 1000):
        for record in page:
            yield from record.files
        after = page[-1].place


_MODELS: dict[Kept, Any] = {
    Kept.SOURCE: Source,
    Kept.RENDITION: Rendition,
    Kept.CLIP: Clip,
    Kept.CLIP_ORIGINAL: ClipOriginal,
}
_IDS: dict[Kept, Any] = {
    Kept.SOURCE: Source.id,
    Kept.RENDITION: Rendition.id,
    Kept.CLIP: Clip.id,
    Kept.CLIP_ORIGINAL: ClipOriginal.clip_id,
}
_HAVE_FILE: dict[Kept, Any] = {Kept.CLIP: Clip.file_key, Kept.CLIP_ORIGINAL: ClipOriginal.key}


def _query(kind: Kept, after_id: str) -> Select[Any]:
    query = select(_MODELS[kind]).where(_IDS[kind] > after_id).order_by(_IDS[kind])
    key = _HAVE_FILE.get(kind)
    return query if key is None else query.where(key.is_not(None))


def _of(kind: Kept, row: Any) -> Recorded:
    if isinstance(row, Rendition):
        folder = keys.folder(row.key)
        beside = tuple(
            StoredFile(folder + one["name"], one["size"], one["sha256"]) for one in row.beside or ()
        )
        return Recorded(
            kind,
            row.id,
            (StoredFile(row.key, row.size, row.sha256), *beside),
            row.name,
            knows_all=row.name is not RenditionName.STORYBOARD or row.beside is not None,
        )
    if isinstance(row, Clip):
        file = StoredFile(row.file_key, row.file_size, row.file_sha256) if row.file_key else None
        return Recorded(kind, row.id, (file,) if file else ())
    if isinstance(row, ClipOriginal):
        file = StoredFile(row.key, row.size, row.sha256) if row.key else None
        return Recorded(kind, row.clip_id, (file,) if file else ())
    return Recorded(kind, row.id, (StoredFile(row.key, row.size, row.sha256),))
