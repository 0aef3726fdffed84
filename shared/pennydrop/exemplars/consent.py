"""What must be true before anybody is shown a coachee's film as an example: she permits it, a lead publishes.

A model of a step and the example of a term are shown to people who don't work with her. So both carry the
same answers: hers, which counts at once and at any time, and the lead's, who decides behind it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from pennydrop.db.base import CreatedAt
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person


class PublicationState(StrEnum):
    PROPOSED = "proposed"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    """It was published; a lead or an administrator took it back."""


class Permission(StrEnum):
    """What the person in the film says."""

    ASKED = "asked"
    GIVEN = "given"
    DECLINED = "declined"
    """“No, thank you”, at first or later on. She isn't asked again; she may still change her mind."""


class NeedsConsent:
    """The columns of whatever is shown only with its owner's permission."""

    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    """Who is in the film: she alone permits."""
    proposed_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    state: Mapped[PublicationState] = mapped_column(Word(PublicationState), default=PublicationState.PROPOSED)
    permitted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    published_by_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"))
    published_at: Mapped[datetime | None]
    created_at: Mapped[CreatedAt]

    @declared_attr
    def owner(cls) -> Mapped[Person]:
        return relationship(Person, foreign_keys=[cls.owner_id], lazy="joined")  # type: ignore[list-item]

    @declared_attr
    def proposed_by(cls) -> Mapped[Person]:
        return relationship(Person, foreign_keys=[cls.proposed_by_id], lazy="joined")  # type: ignore[list-item]

    @declared_attr
    def published_by(cls) -> Mapped[Person | None]:
        return relationship(Person, foreign_keys=[cls.published_by_id], lazy="joined")  # type: ignore[list-item]

    @property
    def permission(self) -> Permission:
        if self.permitted_at is not None:
            return Permission.GIVEN
        return Permission.ASKED if self.declined_at is None else Permission.DECLINED

    @property
    def is_shown(self) -> bool:
        """Whether people who don't work with its owner see it now."""
        return self.state is PublicationState.PUBLISHED and self.permitted_at is not None
