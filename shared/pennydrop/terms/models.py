"""What schools add to the shared language: an example of their own, and who has looked a term up."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.clips.models import Clip
from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id
from pennydrop.exemplars.consent import NeedsConsent
from pennydrop.library.models import Term


class TermExample(NeedsConsent, Base):
    """A clip from a school's own classrooms that shows what a term means there."""

    __tablename__ = "term_examples"
    __table_args__ = (UniqueConstraint("term_id", "clip_id"),)

    id: Mapped[PrimaryId]
    term_id: Mapped[str] = mapped_column(Id, ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    school_id: Mapped[str] = mapped_column(Id, ForeignKey("schools.id"), index=True)
    """Where it is shown: the school of who is in it."""
    clip_id: Mapped[str] = mapped_column(Id, ForeignKey("clips.id", ondelete="CASCADE"), index=True)

    term: Mapped[Term] = relationship(lazy="joined")
    clip: Mapped[Clip] = relationship(lazy="joined")


class TermOpening(Base):
    """Somebody looked a term up, so that nobody needs to explain it to her again."""

    __tablename__ = "term_openings"

    term_id: Mapped[str] = mapped_column(Id, ForeignKey("terms.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), primary_key=True)
    opened_at: Mapped[CreatedAt]
