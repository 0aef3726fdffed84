"""Moments: what somebody noticed at a point or over a span of a video."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person


class MomentKind(StrEnum):
    PRAISE = "praise"
    PROBE = "probe"
    QUESTION = "question"
    NOTE = "note"


class Moment(Base):
    __tablename__ = "moments"
    __table_args__ = (
        Index("ix_moments_video_start", "video_id", "start_ms"),
        UniqueConstraint("video_id", "import_key"),
    )

    id: Mapped[PrimaryId]
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"))
    author_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    start_ms: Mapped[int] = mapped_column(BigInteger)
    end_ms: Mapped[int | None] = mapped_column(BigInteger)
    """Empty for a point."""
    kind: Mapped[MomentKind] = mapped_column(Word(MomentKind), default=MomentKind.NOTE)
    text: Mapped[str] = mapped_column(Text, default="")
    terms: Mapped[list[str]] = mapped_column(JSON, default=list)
    criterion_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("action_step_criteria.id", ondelete="SET NULL")
    )
    """A criterion of the owner's action step: at most one."""
    drawing: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Strokes in coordinates from 0 to 1, so that they fit every size."""
    credited_to: Mapped[str | None] = mapped_column(String(200))
    """Whose words an imported file says they are. Never an account: nobody can write as somebody else."""
    import_key: Mapped[str | None] = mapped_column(String(64))
    """Which cue of a file this came from, so that the same file adds nothing the second time."""
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship(lazy="joined")
    replies: Mapped[list[Reply]] = relationship(
        order_by="Reply.id", cascade="all, delete-orphan", lazy="selectin"
    )


class Reply(Base):
    __tablename__ = "replies"

    id: Mapped[PrimaryId]
    moment_id: Mapped[str] = mapped_column(Id, ForeignKey("moments.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    credited_to: Mapped[str | None] = mapped_column(String(200))
    """As in `Moment`."""
    created_at: Mapped[CreatedAt]

    author: Mapped[Person] = relationship(lazy="joined")
