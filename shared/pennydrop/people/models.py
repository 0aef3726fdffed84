"""Organisations, schools, people and the relationships that give them rights."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id
from pennydrop.spelling import sortable


class Organisation(Base):
    """A trust: the outermost wall. Nothing is ever visible across it."""

    __tablename__ = "organisations"

    id: Mapped[PrimaryId]
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]


class School(Base):
    __tablename__ = "schools"

    id: Mapped[PrimaryId]
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]

    organisation: Mapped[Organisation] = relationship()


class Person(Base):
    """Somebody with an account. Being coach, coachee or lead is a relationship, not a column here."""

    __tablename__ = "people"

    id: Mapped[PrimaryId]
    school_id: Mapped[str] = mapped_column(Id, ForeignKey("schools.id"), index=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    """Lower case: one mailbox, one account."""
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(200))
    """The name as it is sorted and looked for; it comes with the name."""
    password_hash: Mapped[str | None] = mapped_column(String(300))
    is_admin: Mapped[bool] = mapped_column(default=False)
    """Administers the school's organisation: accounts and storage, never what is in a film."""
    created_at: Mapped[CreatedAt]
    disabled_at: Mapped[datetime | None]

    school: Mapped[School] = relationship()

    @validates("name")
    def _sorted_by(self, _: str, name: str) -> str:
        self.sort_name = sortable(name)
        return name


class Lead(Base):
    """Somebody leads coaching in a school."""

    __tablename__ = "leads"
    __table_args__ = (UniqueConstraint("school_id", "person_id"),)

    id: Mapped[PrimaryId]
    school_id: Mapped[str] = mapped_column(Id, ForeignKey("schools.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    created_at: Mapped[CreatedAt]


class Pairing(Base):
    """One coach and one coachee work together from `started_at` until `ended_at`; access ends with it."""

    __tablename__ = "pairings"
    __table_args__ = (
        Index(
            "uq_pairings_active",
            "coach_id",
            "coachee_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryId]
    coach_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    coachee_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    started_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None]

    coach: Mapped[Person] = relationship(foreign_keys=coach_id)
    coachee: Mapped[Person] = relationship(foreign_keys=coachee_id)


class LoginSession(Base):
    """A browser that is logged in. Only the sha256 of its cookie is kept."""

    __tablename__ = "login_sessions"

    id: Mapped[PrimaryId]
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="joined")


class PersonalToken(Base):
    """A token for scripts, made by its person. Only its sha256 is kept."""

    __tablename__ = "personal_tokens"

    id: Mapped[PrimaryId]
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")


class Invitation(Base):
    """A link by which a person sets a name and a password, once."""

    __tablename__ = "invitations"

    id: Mapped[PrimaryId]
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id", ondelete="CASCADE"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined")


class LoginFailure(Base):
    """A log-in that failed lately: what slows down guessing. Kept for a day."""

    __tablename__ = "login_failures"
    __table_args__ = (Index("ix_login_failures_email_at", "email", "at"),)

    id: Mapped[PrimaryId]
    at: Mapped[CreatedAt] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(String(320))
    address: Mapped[str] = mapped_column(String(80), index=True)
    """Where it came from."""
