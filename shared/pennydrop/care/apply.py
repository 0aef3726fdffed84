"""Erasing again what a restored backup brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from pennydrop.care.erase_person import erase_person
from pennydrop.care.erasures import Entry
from pennydrop.care.models import Erased, Erasure
from pennydrop.clips.make import remove_clip
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.clock import utcnow
from pennydrop.exemplars.decide import end_permission
from pennydrop.exemplars.models import Exemplar
from pennydrop.moments.models import Moment
from pennydrop.people.models import Pairing, Person
from pennydrop.people.pair import end
from pennydrop.terms.models import TermExample
from pennydrop.videos.delete import remove_video
from pennydrop.videos.models import Share, Video


def apply_erasures(session: Session, entries: Iterable[Entry]) -> int:
    """Erase what the entries name and the database holds, note the entries, and return how many they were.

    Nobody is on record as having done it: whoever asked for it the first time is.
    """
    new = sorted(entry for entry in entries if session.get(Erasure, entry.id) is None)
    for entry in new:
        session.add(Erasure(id=entry.id, kind=entry.kind, subject_id=entry.subject_id, at=utcnow()))
        session.flush()
        _APPLY[entry.kind](session, entry.subject_id)
        session.flush()
    return len(new)


def _person(session: Session, person_id: str) -> None:
    person = session.get(Person, person_id)
    if person is not None:
        erase_person(session, None, person)


def _video(session: Session, video_id: str) -> None:
    video = session.get(Video, video_id)
    if video is not None:
        remove_video(session, None, video)


def _clip(session: Session, clip_id: str) -> None:
    clip = session.get(Clip, clip_id)
    if clip is not None:
        remove_clip(session, None, clip)


def _pairing(session: Session, pairing_id: str) -> None:
    pairing = session.get(Pairing, pairing_id)
    if pairing is not None:
        end(session, None, pairing)


def _permission(session: Session, example_id: str) -> None:
    example = session.get(Exemplar, example_id) or session.get(TermExample, example_id)
    if example is not None:
        end_permission(example)


def _row_of(model: type[Moment] | type[Share] | type[ClipShare]) -> Callable[[Session, str], None]:
    def delete(session: Session, row_id: str) -> None:
        row = session.get(model, row_id)
        if row is not None:
            session.delete(row)

    return delete


_APPLY: dict[Erased, Callable[[Session, str], None]] = {
    Erased.PERSON: _person,
    Erased.VIDEO: _video,
    Erased.CLIP: _clip,
    Erased.MOMENT: _row_of(Moment),
    Erased.SHARE: _row_of(Share),
    Erased.CLIP_SHARE: _row_of(ClipShare),
    Erased.PERMISSION: _permission,
    Erased.PAIRING: _pairing,
}
