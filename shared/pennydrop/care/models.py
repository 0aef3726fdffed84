"""What looking after an installation leaves behind: how far a scrub is, and what must stay erased."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word


class Installation(Base):
    """Which installation this database is of; the store says the same. There is one row at most."""

    __tablename__ = "installations"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    id: Mapped[str] = mapped_column(Id)


class ScrubMark(Base):
    """How far the pass of scrubs with a time limit has come. There is one row at most."""

    __tablename__ = "scrub_marks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    after: Mapped[str] = mapped_column(String(60), default="")
    """The last row that was read, as `kind/id`; empty at the beginning of a pass."""
    whole_at: Mapped[datetime | None]
    """When every stored file had been read once more."""
    faults: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many files the pass that goes on has found damaged or missing so far."""
    faults_before: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many the last whole pass found."""


class BackupTaken(Base):
    """That a backup was made, and where it stands: so that it is seen when none is any more."""

    __tablename__ = "backups_taken"

    id: Mapped[PrimaryId]
    at: Mapped[CreatedAt]
    name: Mapped[str] = mapped_column(String(40))
    whole: Mapped[bool]
    """It lacks nothing."""
    files: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    same_disk: Mapped[bool] = mapped_column(default=False)
    """It lies on the disk of what it is a backup of."""


class Erased(StrEnum):
    """What was ended or taken back: it must not come back with a backup that is older."""

    PERSON = "person"
    VIDEO = "video"
    CLIP = "clip"
    MOMENT = "moment"
    REPLY = "reply"
    SHARE = "share"
    CLIP_SHARE = "clip_share"
    PERMISSION = "permission"
    """To show an exemplar, or the example of a term."""
    PUBLICATION = "publication"
    """Of an exemplar, of the example of a term, or of a step of the library."""
    EXAMPLE = "example"
    """An exemplar, or the example of a term, that is none any more. Its film stays."""
    PAIRING = "pairing"
    MEETING = "meeting"
    CONSENT = "consent"
    """To film one meeting."""
    ROUND = "round"
    EVIDENCE = "evidence"
    PROPOSAL = "proposal"
    LEAD = "lead"
    """That somebody leads coaching in one school."""
    ADMIN = "admin"
    """That this person administers her organisation."""
    ACCOUNT = "account"
    """This person may log in."""
    LIFTED = "lifted"
    """Ends nothing: the erasure with this id holds no longer, for what it ended was given back."""


class Erasure(Base):
    """One thing that was ended, by its id alone. Kept for ever: here, in the store, beside every backup."""

    __tablename__ = "erasures"

    id: Mapped[PrimaryId]
    at: Mapped[CreatedAt]
    kind: Mapped[Erased] = mapped_column(Word(Erased))
    subject_id: Mapped[str] = mapped_column(Id, index=True)
