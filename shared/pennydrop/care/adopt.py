"""Noting the sha256 of files that an earlier version stored without one, as a scrub first finds them."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from pennydrop.care.check import Pace, look_at
from pennydrop.care.recorded import Kept, Recorded, StoredFile
from pennydrop.clips.models import Clip, ClipOriginal
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Rendition

_SHEET = re.compile(r"^(\S+)#xywh=", re.MULTILINE)


def sheets_named_in(store: ObjectStore, record: Recorded, pace: Pace) -> tuple[list[dict[str, object]], bool]:
    """Read the pictures that a storyboard's track names; say what they are and whether all are there."""
    track = record.files[0].key
    found: list[dict[str, object]] = []
    whole = True
    for name in sorted(set(_SHEET.findall(store.read(track).decode("utf-8", "replace")))):
        looked = look_at(store, StoredFile(keys.folder(track) + name, None, None), pace)
        whole = whole and looked.fault is None
        found.append({"name": name, "size": looked.size, "sha256": looked.sha256})
    return found, whole


def note_sha256(session: Session, record: Recorded, sha256: str) -> None:
    """Write the sha256 of a row's own file down, unless the row names another file by now.

    Sources have theirs from the proof, which also tells phones that a film is safe; not from here.
    """
    if record.kind is Kept.RENDITION:
        rendition = session.get(Rendition, record.id)
        if rendition is not None and rendition.key == record.files[0].key:
            rendition.sha256 = sha256
    elif record.kind is Kept.CLIP:
        clip = session.get(Clip, record.id)
        if clip is not None and clip.file_key == record.files[0].key:
            clip.file_sha256 = sha256
    elif record.kind is Kept.CLIP_ORIGINAL:
        original = session.get(ClipOriginal, record.id)
        if original is not None and original.key == record.files[0].key:
            original.sha256 = sha256
    session.flush()


def note_beside(session: Session, record: Recorded, beside: list[dict[str, object]]) -> None:
    """Write down what lies beside a storyboard's track."""
    rendition = session.get(Rendition, record.id)
    if rendition is not None and rendition.key == record.files[0].key:
        rendition.beside = beside
    session.flush()
