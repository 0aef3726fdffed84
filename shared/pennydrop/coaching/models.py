"""Action steps: one step for one coachee, its wording and criteria copied in when it is set."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person


class ActionStepState(StrEnum):
    SET = "set"
    PRACTISING = "practising"
    EMBEDDING = "embedding"
    MASTERED = "mastered"


class ActionStep(Base):
    __tablename__ = "action_steps"

    id: Mapped[PrimaryId]
    coachee_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    set_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    step_id: Mapped[str | None] = mapped_column(Id, ForeignKey("steps.id", ondelete="SET NULL"))
    """The library step it was copied from; later edits there never reach this row."""
    step_version: Mapped[int | None]
    """The version of the library step that was copied."""
    clip_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("clips.id", ondelete="SET NULL", use_alter=True)
    )
    """The clip that showed why."""
    goal: Mapped[str] = mapped_column(String(300))
    action: Mapped[str] = mapped_column(String(300))
    why: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ActionStepState] = mapped_column(Word(ActionStepState), default=ActionStepState.SET)
    next_observation_at: Mapped[datetime | None]
    """When the coach comes to see it next."""
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    coachee: Mapped[Person] = relationship(foreign_keys=coachee_id, lazy="joined")
    set_by: Mapped[Person] = relationship(foreign_keys=set_by_id, lazy="joined")
    criteria: Mapped[list[ActionStepCriterion]] = relationship(
        order_by="ActionStepCriterion.position", cascade="all, delete-orphan", lazy="selectin"
    )
    evidence: Mapped[list[Evidence]] = relationship(
        order_by="Evidence.id", cascade="all, delete-orphan", lazy="selectin"
    )
    history: Mapped[list[StateChange]] = relationship(
        order_by="StateChange.id", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )

    @property
    def wording(self) -> str:
        """The whole step in one line: *goal* by *action*."""
        return f"{self.goal} by {self.action}"


class ActionStepCriterion(Base):
    __tablename__ = "action_step_criteria"

    id: Mapped[PrimaryId]
    action_step_id: Mapped[str] = mapped_column(
        Id, ForeignKey("action_steps.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))
    ticked_at: Mapped[datetime | None]
    """When the coachee ticked it for herself."""


class Evidence(Base):
    """Film that shows how a step is going: a clip or a rehearsal, for the whole step or one criterion."""

    __tablename__ = "evidence"

    id: Mapped[PrimaryId]
    action_step_id: Mapped[str] = mapped_column(
        Id, ForeignKey("action_steps.id", ondelete="CASCADE"), index=True
    )
    criterion_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("action_step_criteria.id", ondelete="SET NULL")
    )
    clip_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("clips.id", ondelete="CASCADE", use_alter=True)
    )
    video_id: Mapped[str | None] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"))
    note: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    created_at: Mapped[CreatedAt]

    added_by: Mapped[Person] = relationship(lazy="joined")


class CriterionPlace(Base):
    """Where in a film, a take or a model, one criterion of a step is to be seen: the two of them said so."""

    __tablename__ = "criterion_places"
    __table_args__ = (UniqueConstraint("criterion_id", "video_id"),)

    id: Mapped[PrimaryId]
    criterion_id: Mapped[str] = mapped_column(Id, ForeignKey("action_step_criteria.id", ondelete="CASCADE"))
    video_id: Mapped[str] = mapped_column(Id, ForeignKey("videos.id", ondelete="CASCADE"), index=True)
    start_ms: Mapped[int] = mapped_column(BigInteger)
    """On the film's own timeline, also where only a clip of it is shown."""
    end_ms: Mapped[int | None] = mapped_column(BigInteger)
    """Empty where nobody said."""
    set_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    set_at: Mapped[CreatedAt]


class StateChange(Base):
    """An action step came into another state. That it was set stands in the step itself."""

    __tablename__ = "action_step_states"

    id: Mapped[PrimaryId]
    action_step_id: Mapped[str] = mapped_column(
        Id, ForeignKey("action_steps.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[ActionStepState] = mapped_column(Word(ActionStepState))
    by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    at: Mapped[CreatedAt]

    by: Mapped[Person] = relationship(lazy="joined")
