"""Exemplars: a film, or one clip of it, that shows how a step is done well, indexed by criterion."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.clips.models import Clip
from pennydrop.db.base import Base, PrimaryId
from pennydrop.db.types import Id
from pennydrop.exemplars.consent import NeedsConsent
from pennydrop.library.models import Criterion, Step
from pennydrop.videos.models import Video


class Exemplar(NeedsConsent, Base):
    __tablename__ = "exemplars"
    __table_args__ = (UniqueConstraint("step_id", "video_id", "clip_id"),)

    id: Mapped[PrimaryId]
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), index=True)
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"), index=True)
    clip_id: Mapped[str | None] = mapped_column(Id, ForeignKey("clips.id", ondelete="CASCADE"), index=True)
    """With a clip, that alone is the model: its film stays out of sight."""
    title: Mapped[str] = mapped_column(String(200))

    step: Mapped[Step] = relationship(lazy="joined")
    video: Mapped[Video] = relationship(lazy="joined")
    clip: Mapped[Clip | None] = relationship(lazy="joined")
    chapters: Mapped[list[ExemplarChapter]] = relationship(
        order_by="ExemplarChapter.start_ms, ExemplarChapter.id",
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="selectin",
    )


class ExemplarChapter(Base):
    """Where in an exemplar one criterion is done well: “show me criterion 2”."""

    __tablename__ = "exemplar_chapters"

    id: Mapped[PrimaryId]
    exemplar_id: Mapped[str] = mapped_column(Id, ForeignKey("exemplars.id", ondelete="CASCADE"), index=True)
    criterion_id: Mapped[str] = mapped_column(Id, ForeignKey("criteria.id", ondelete="CASCADE"), index=True)
    start_ms: Mapped[int] = mapped_column(BigInteger)
    """On the film's own timeline, also where only a clip of it is shown."""
    end_ms: Mapped[int | None] = mapped_column(BigInteger)
    """Empty where it goes on until the next one."""
    note: Mapped[str] = mapped_column(String(500), default="")
    """What to look at there."""

    criterion: Mapped[Criterion] = relationship(lazy="joined")
