"""Proposals: a coachee says which step she would rather work on, and the two talk it over."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.library.models import Step
from pennydrop.people.models import Person


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class StepProposal(Base):
    __tablename__ = "step_proposals"

    id: Mapped[PrimaryId]
    coachee_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    step_id: Mapped[str | None] = mapped_column(Id, ForeignKey("steps.id", ondelete="SET NULL"))
    """A step of the library; empty where she says it in her own words."""
    words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[ProposalState] = mapped_column(Word(ProposalState), default=ProposalState.OPEN)
    action_step_id: Mapped[str | None] = mapped_column(Id, ForeignKey("action_steps.id", ondelete="SET NULL"))
    """What came of it."""
    decided_by_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    coachee: Mapped[Person] = relationship(foreign_keys=coachee_id, lazy="joined")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id, lazy="joined")
    step: Mapped[Step | None] = relationship()
    replies: Mapped[list[ProposalReply]] = relationship(
        order_by="ProposalReply.id", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )


class ProposalReply(Base):
    __tablename__ = "proposal_replies"

    id: Mapped[PrimaryId]
    proposal_id: Mapped[str] = mapped_column(
        Id, ForeignKey("step_proposals.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    author: Mapped[Person] = relationship(lazy="joined")
