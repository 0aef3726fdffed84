"""Chunks of a long film while its copies are being made, and for a little longer where they are watched."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base, PrimaryId
from pennydrop.db.types import Id, Word


class Holds(StrEnum):
    """What a chunk holds."""

    PICTURES = "pictures"
    """The frames of about a minute."""
    SOUND = "sound"
    """The sound of the whole film, encoded once."""


class Chunk(Base):
    """A part of a film that one job transcodes."""

    __tablename__ = "chunks"
    __table_args__ = (UniqueConstraint("video_id", "holds", "number"),)

    id: Mapped[PrimaryId]
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"))
    holds: Mapped[Holds] = mapped_column(Word(Holds))
    number: Mapped[int]
    """Its place among those that hold the same, from 0."""
    first_frame: Mapped[int]
    after_frame: Mapped[int]
    """The number of the frame that comes after its last."""
    start_ms: Mapped[int] = mapped_column(BigInteger)
    end_ms: Mapped[int] = mapped_column(BigInteger)
    live: Mapped[bool]
    """Whether it can be watched while it is made, as nothing else of the film can be."""
    live_prefix: Mapped[str | None] = mapped_column(String(300))
    """Where the segments of the newest attempt lie, as far as they are made."""
    pieces: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """What came of it: `name`, `key` and `frames` of each copy's piece. None until it is done."""
    wanted_at: Mapped[datetime | None]
    """When somebody first waited to watch it."""
    retired_at: Mapped[datetime | None]
    """When the film's copies were there: it only stays for those who are in the middle of watching it."""
