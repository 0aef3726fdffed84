"""Clips: a span of a video with a title, playable at once, with an exact file of its own behind it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person
from pennydrop.timeline import Span
from pennydrop.videos.models import Video


class ClipFileState(StrEnum):
    QUEUED = "queued"
    READY = "ready"
    FAILED = "failed"


class Clip(Base):
    __tablename__ = "clips"

    id: Mapped[PrimaryId]
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    action_step_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("action_steps.id", ondelete="SET NULL", use_alter=True), index=True
    )
    criterion_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("action_step_criteria.id", ondelete="SET NULL", use_alter=True)
    )
    moment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("moments.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(200))
    start_ms: Mapped[int] = mapped_column(BigInteger)
    end_ms: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes of the span: a file of an earlier revision is never published."""
    file_state: Mapped[ClipFileState] = mapped_column(Word(ClipFileState), default=ClipFileState.QUEUED)
    file_key: Mapped[str | None] = mapped_column(String(300))
    file_size: Mapped[int | None] = mapped_column(BigInteger)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    """Of the stored bytes; empty for what an earlier version made, until a scrub has read it."""
    file_failure: Mapped[str | None] = mapped_column(Text)

    video: Mapped[Video] = relationship(lazy="joined")
    made_by: Mapped[Person] = relationship(lazy="joined")
    original: Mapped[ClipOriginal | None] = relationship(
        lazy="joined", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def span(self) -> Span:
        return Span(self.start_ms, self.end_ms)


class ClipOriginal(Base):
    """A second file of the clip, in the source's full quality; there once somebody has asked for it."""

    __tablename__ = "clip_originals"

    clip_id: Mapped[str] = mapped_column(Id, ForeignKey("clips.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[ClipFileState] = mapped_column(Word(ClipFileState), default=ClipFileState.QUEUED)
    key: Mapped[str | None] = mapped_column(String(300))
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    failure: Mapped[str | None] = mapped_column(Text)


class ClipShare(Base):
    """The coachee permits somebody to see one clip, though not the lesson it comes from."""

    __tablename__ = "clip_shares"
    __table_args__ = (UniqueConstraint("clip_id", "person_id"),)

    id: Mapped[PrimaryId]
    clip_id: Mapped[str] = mapped_column(Id, ForeignKey("clips.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    created_at: Mapped[CreatedAt]

    person: Mapped[Person] = relationship(lazy="joined")
