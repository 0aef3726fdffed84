"""Deciding who may see a clip: about the clip as one saw it, not as somebody else cut it meanwhile."""

from __future__ import annotations

from sqlalchemy.orm import Session

from pennydrop.clips.models import Clip
from pennydrop.db.hold import hold
from pennydrop.errors import Conflict


class CutAnew(Conflict):
    """Somebody moved the ends of a clip while its owner let others see it."""

    def __init__(self, clip: Clip) -> None:
        super().__init__(f"“{clip.title}” was cut anew a moment ago. Please look at it again first.")


def hold_as_seen(session: Session, clip: Clip) -> None:
    """Keep a clip as it was when this transaction read it. Raises `CutAnew`, `NotFound`."""
    seen = clip.revision
    hold(session, clip)
    if clip.revision != seen:
        raise CutAnew(clip)
