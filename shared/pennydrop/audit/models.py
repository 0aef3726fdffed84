"""The record of what was done with whose film, for its owner and for trust."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id


class AuditEntry(Base):
    __tablename__ = "audit_entries"

    id: Mapped[PrimaryId]
    at: Mapped[CreatedAt]
    person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"))
    """Who did it; empty when Pennydrop did it by itself."""
    owner_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"), index=True)
    """Whose material it was: she can read this entry."""
    action: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str | None] = mapped_column(Id)
    detail: Mapped[str] = mapped_column(Text, default="")
