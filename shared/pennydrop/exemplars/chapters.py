"""Chapters: where in an exemplar each criterion is done well, at exact frames.

Their times count from the beginning of what the exemplar shows: of the film, or of the clip.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy.orm import Session

from pennydrop.access.may_exemplars import may_index
from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import record as record_change
from pennydrop.errors import Conflict, Invalid, NotFound
from pennydrop.exemplars.find import get_exemplar
from pennydrop.exemplars.models import Exemplar, ExemplarChapter
from pennydrop.moments.mark import place
from pennydrop.storage.port import ObjectStore
from pennydrop.timeline import SpanInvalid, spoken

MAX_CHAPTERS = 100
MAX_NOTE = 500


class ChapterChanges(TypedDict, total=False):
    """What may change about a chapter; what isn't given stays."""

    criterion: str
    start_ms: int
    end_ms: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as a player shows it: `end_ms` is None only where nobody knows how long the film is."""

    row: ExemplarChapter
    start_ms: int
    end_ms: int | None


def add_chapter(
    session: Session,
    viewer: Viewer,
    exemplar_id: str,
    *,
    store: ObjectStore,
    criterion: str,
    start_ms: int,
    end_ms: int | None = None,
    note: str = "",
) -> Exemplar:
    """Say where a criterion of the step is done well; times move to the nearest frames."""
    exemplar = _indexed(session, viewer, exemplar_id)
    if len(exemplar.chapters) >= MAX_CHAPTERS:
        raise Conflict(f"A model can have {MAX_CHAPTERS} chapters. Fewer are easier to watch.")
    start, end = _place(store, exemplar, start_ms, end_ms)
    exemplar.chapters.append(
        ExemplarChapter(
            criterion_id=_criterion(exemplar, criterion), start_ms=start, end_ms=end, note=_note(note)
        )
    )
    return _told(session, exemplar)


def change_chapter(
    session: Session,
    viewer: Viewer,
    exemplar_id: str,
    chapter_id: str,
    changes: ChapterChanges,
    *,
    store: ObjectStore,
) -> Exemplar:
    """Move a chapter, give it to another criterion, or say what to look at."""
    exemplar = _indexed(session, viewer, exemplar_id)
    row = _chapter(exemplar, chapter_id)
    if "start_ms" in changes or "end_ms" in changes:
        offset = offset_ms(exemplar)
        kept_end = None if row.end_ms is None else row.end_ms - offset
        row.start_ms, row.end_ms = _place(
            store,
            exemplar,
            changes.get("start_ms", row.start_ms - offset),
            changes.get("end_ms", kept_end),
        )
    if "criterion" in changes:
        row.criterion_id = _criterion(exemplar, changes["criterion"])
    if "note" in changes:
        row.note = _note(changes["note"])
    return _told(session, exemplar)


def remove_chapter(session: Session, viewer: Viewer, exemplar_id: str, chapter_id: str) -> None:
    exemplar = _indexed(session, viewer, exemplar_id)
    exemplar.chapters.remove(_chapter(exemplar, chapter_id))
    _told(session, exemplar)


def chapters_of(exemplar: Exemplar) -> Iterator[Chapter]:
    """Yield the chapters in order; one without an end lasts until the next begins.

    What lies outside a clip that was cut anew is left out.
    """
    offset, length = offset_ms(exemplar), length_ms(exemplar)
    rows = [
        row
        for row in exemplar.chapters
        if row.start_ms >= offset and (length is None or row.start_ms < offset + length)
    ]
    for number, row in enumerate(rows):
        later = (one.start_ms - offset for one in rows[number + 1 :] if one.start_ms > row.start_ms)
        end = row.end_ms - offset if row.end_ms is not None else next(later, length)
        yield Chapter(row, row.start_ms - offset, end if end is None or length is None else min(end, length))


def offset_ms(exemplar: Exemplar) -> int:
    """Where on the film the exemplar begins."""
    return exemplar.clip.start_ms if exemplar.clip else 0


def length_ms(exemplar: Exemplar) -> int | None:
    """How long the exemplar lasts, as far as that is known."""
    return exemplar.clip.span.length_ms if exemplar.clip else exemplar.video.duration_ms


def _indexed(session: Session, viewer: Viewer, exemplar_id: str) -> Exemplar:
    exemplar = get_exemplar(session, viewer, exemplar_id)
    may_index(session, viewer, exemplar)
    return exemplar


def _place(
    store: ObjectStore, exemplar: Exemplar, start_ms: int, end_ms: int | None
) -> tuple[int, int | None]:
    offset, length = offset_ms(exemplar), length_ms(exemplar)
    if length is not None and start_ms >= length:
        raise SpanInvalid(f"That is past the end of the model, which is {spoken(length)} long.")
    start, end = place(store, exemplar.video, offset + start_ms, None if end_ms is None else offset + end_ms)
    clip = exemplar.clip
    if clip is None:
        return start, end
    # The nearest frame to the very end of a clip is the first one after it.
    return min(start, clip.end_ms - 1), None if end is None else min(end, clip.end_ms)


def _criterion(exemplar: Exemplar, criterion_id: str) -> str:
    if criterion_id not in {criterion.id for criterion in exemplar.step.criteria}:
        raise Invalid("That success criterion isn't one of this step's. Please choose it again.")
    return criterion_id


def _chapter(exemplar: Exemplar, chapter_id: str) -> ExemplarChapter:
    found = next((row for row in exemplar.chapters if row.id == chapter_id), None)
    if found is None:
        raise NotFound
    return found


def _note(note: str) -> str:
    cleaned = " ".join(note.split())
    if len(cleaned) > MAX_NOTE:
        raise Invalid(f"That note is too long. Please keep it under {MAX_NOTE} characters.")
    return cleaned


def _told(session: Session, exemplar: Exemplar) -> Exemplar:
    session.flush()
    session.refresh(exemplar)
    record_change(session, "exemplar", exemplar.id, video_id=exemplar.video_id, person_id=exemplar.owner_id)
    return exemplar
