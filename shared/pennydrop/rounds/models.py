"""Rounds: one try at an action step, filmed or not, marked against its criteria by both."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.coaching.models import ActionStep
from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person


class RoundKind(StrEnum):
    MODEL = "model"
    """The coach shows how the step is done."""
    REHEARSAL = "rehearsal"
    """The coachee tries it out."""


class MarkValue(StrEnum):
    MET = "met"
    NEARLY = "nearly"
    NOT_YET = "not_yet"


class Round(Base):
    """One try. It keeps its number when others go, and stays when its film is deleted."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("action_step_id", "kind", "number"),)

    id: Mapped[PrimaryId]
    action_step_id: Mapped[str] = mapped_column(Id, ForeignKey("action_steps.id", ondelete="CASCADE"))
    meeting_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("meetings.id", ondelete="SET NULL"), index=True
    )
    """Empty where it was made alone, or between meetings."""
    kind: Mapped[RoundKind] = mapped_column(Word(RoundKind), default=RoundKind.REHEARSAL)
    number: Mapped[int]
    """Counts the models, and the rehearsals, of one action step from 1."""
    video_id: Mapped[str | None] = mapped_column(Id, ForeignKey("videos.id", ondelete="SET NULL"), index=True)
    feedback: Mapped[str] = mapped_column(Text, default="")
    """The coach's words before the next go."""
    reflection: Mapped[str] = mapped_column(Text, default="")
    """The coachee's own words."""
    is_best: Mapped[bool] = mapped_column(default=False)
    """The best take so far: one of a step at most."""
    created_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    action_step: Mapped[ActionStep] = relationship(lazy="joined")
    created_by: Mapped[Person] = relationship(lazy="joined")
    marks: Mapped[list[Mark]] = relationship(
        order_by="Mark.id", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )


class Mark(Base):
    """What one of the two saw of one criterion in one round. Never added up, never compared."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("round_id", "criterion_id", "person_id"),)

    id: Mapped[PrimaryId]
    round_id: Mapped[str] = mapped_column(Id, ForeignKey("rounds.id", ondelete="CASCADE"))
    criterion_id: Mapped[str] = mapped_column(
        Id, ForeignKey("action_step_criteria.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    """Whose judgement it is."""
    entered_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    """Who typed it: in a meeting at one laptop the coach may type what the coachee says."""
    value: Mapped[MarkValue] = mapped_column(Word(MarkValue))
    created_at: Mapped[CreatedAt]
