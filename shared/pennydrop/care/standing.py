"""How backups and the reading of what is stored stand: for the doctor, for figures, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.care.models import BackupTaken, ScrubMark
from pennydrop.clock import utcnow

LATE = timedelta(days=7)
"""Longer ago than this, the last whole backup is none that one would like to restore."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How long ago things were last done; None: never."""

    backup_age: timedelta | None
    """Of the last whole one."""
    latest_is_whole: bool
    """Whether the latest one lacks nothing."""
    same_disk: bool
    """Whether the latest one lies on the films' own disk."""
    scrub_age: timedelta | None
    """Since all that is stored had been read once more."""
    scrub_faults: int
    """How many files the last pass, or the one that goes on, found damaged or missing."""

    @property
    def is_late(self) -> bool:
        """Whether there was a whole backup, and too long ago."""
        return self.backup_age is not None and self.backup_age > LATE


def standing(session: Session) -> Standing:
    """Return how backups and scrubs stand now."""
    now = utcnow()
    newest_first = select(BackupTaken).order_by(BackupTaken.at.desc()).limit(1)
    latest = session.scalar(newest_first)
    whole = session.scalar(newest_first.where(BackupTaken.whole))
    mark = session.get(ScrubMark, 1)
    return Standing(
        backup_age=now - whole.at if whole else None,
        latest_is_whole=latest is not None and latest.whole,
        same_disk=latest is not None and latest.same_disk,
        scrub_age=now - mark.whole_at if mark and mark.whole_at else None,
        scrub_faults=max(mark.faults, mark.faults_before) if mark else 0,
    )
