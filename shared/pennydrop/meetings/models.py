"""Feedback meetings, drop-ins and coaching on coaching: what a pairing does together, and when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Pairing, Person


class MeetingKind(StrEnum):
    FEEDBACK = "feedback"
    DROP_IN = "drop_in"
    COACHING_ON_COACHING = "coaching_on_coaching"


class MeetingState(StrEnum):
    PREPARING = "preparing"
    RUNNING = "running"
    DONE = "done"


class ClipPurpose(StrEnum):
    """What a clip is watched together for."""

    PRAISE = "praise"
    PROBE = "probe"


class Phase(StrEnum):
    """The stages of a feedback meeting, in the order they usually come."""

    PRAISE = "praise"
    PROBE = "probe"
    STEP = "step"
    MODEL = "model"
    REHEARSAL = "rehearsal"
    PLAN = "plan"


class Meeting(Base):
    """One meeting of one pairing. Films, clips and steps may go; the meeting stays as what was."""

    __tablename__ = "meetings"
    __table_args__ = (Index("ix_meetings_pairing", "pairing_id", "id"),)

    id: Mapped[PrimaryId]
    pairing_id: Mapped[str] = mapped_column(Id, ForeignKey("pairings.id"))
    kind: Mapped[MeetingKind] = mapped_column(Word(MeetingKind), default=MeetingKind.FEEDBACK)
    state: Mapped[MeetingState] = mapped_column(Word(MeetingState), default=MeetingState.PREPARING)
    planned_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    lesson_video_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("videos.id", ondelete="SET NULL"), index=True
    )
    """The lesson it is about."""
    previous_action_step_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("action_steps.id", ondelete="SET NULL")
    )
    """What praise ties back to."""
    action_step_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("action_steps.id", ondelete="SET NULL"), index=True
    )
    """What the two agreed."""
    library_step_id: Mapped[str | None] = mapped_column(Id, ForeignKey("steps.id", ondelete="SET NULL"))
    """What the coach has in mind while preparing: its prompts become questions."""
    praise: Mapped[str] = mapped_column(Text, default="")
    script: Mapped[str] = mapped_column(Text, default="")
    """How the coach will model the step, word for word."""
    model_video_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("videos.id", ondelete="SET NULL"), index=True
    )
    film_video_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("videos.id", ondelete="SET NULL"), index=True
    )
    """Of the meeting itself, by permission of both; of a drop-in, the lesson that was filmed."""
    about_meeting_id: Mapped[str | None] = mapped_column(Id, ForeignKey("meetings.id", ondelete="SET NULL"))
    """Coaching on coaching: the meeting whose film is looked at."""
    next_at: Mapped[datetime | None]
    """When the coach comes to see the step next."""
    notes: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    pairing: Mapped[Pairing] = relationship(lazy="joined")
    clips: Mapped[list[MeetingClip]] = relationship(
        order_by="MeetingClip.position", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )
    questions: Mapped[list[MeetingQuestion]] = relationship(
        order_by="MeetingQuestion.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
        lazy="selectin",
    )
    phases: Mapped[list[MeetingPhase]] = relationship(
        order_by="MeetingPhase.start_ms", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )
    consents: Mapped[list[MeetingConsent]] = relationship(
        order_by="MeetingConsent.id", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )


class MeetingClip(Base):
    """A clip queued for watching together. It goes with its clip."""

    __tablename__ = "meeting_clips"
    __table_args__ = (UniqueConstraint("meeting_id", "clip_id"),)

    id: Mapped[PrimaryId]
    meeting_id: Mapped[str] = mapped_column(Id, ForeignKey("meetings.id", ondelete="CASCADE"))
    clip_id: Mapped[str] = mapped_column(Id, ForeignKey("clips.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    purpose: Mapped[ClipPurpose] = mapped_column(Word(ClipPurpose), default=ClipPurpose.PROBE)


class MeetingQuestion(Base):
    """A probing question the coach means to ask."""

    __tablename__ = "meeting_questions"

    id: Mapped[PrimaryId]
    meeting_id: Mapped[str] = mapped_column(Id, ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))


class MeetingPhase(Base):
    """When a phase began: on the meeting's film or, where there is none, since the meeting started."""

    __tablename__ = "meeting_phases"

    id: Mapped[PrimaryId]
    meeting_id: Mapped[str] = mapped_column(Id, ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    phase: Mapped[Phase] = mapped_column(Word(Phase))
    start_ms: Mapped[int] = mapped_column(BigInteger)


class MeetingConsent(Base):
    """One of the two lets the meeting be filmed, until she takes that back."""

    __tablename__ = "meeting_consents"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[PrimaryId]
    meeting_id: Mapped[str] = mapped_column(Id, ForeignKey("meetings.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    given_at: Mapped[CreatedAt]

    person: Mapped[Person] = relationship(lazy="joined")
