"""Uploads: films on their way in, resumable to the byte."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.coaching.models import ActionStep
from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person

# Counted from the last byte: a phone may lie in a drawer over half-term.
KEPT_UNFINISHED = timedelta(days=7)


class UploadState(StrEnum):
    OPEN = "open"
    FINISHED = "finished"
    TERMINATED = "terminated"
    EXPIRED = "expired"


class Upload(Base):
    """One tus upload and the video it becomes."""

    __tablename__ = "uploads"

    id: Mapped[PrimaryId]
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    """Who sends it."""
    owner_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    """Whose quota it uses: the owner of the video."""
    video_id: Mapped[str | None] = mapped_column(Id, ForeignKey("videos.id", ondelete="SET NULL"), index=True)
    state: Mapped[UploadState] = mapped_column(Word(UploadState), default=UploadState.OPEN, index=True)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes that are on disk for good."""
    length: Mapped[int | None] = mapped_column(BigInteger)
    """Empty while the client has deferred it."""
    reserved: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes set aside of the owner's quota."""
    upload_metadata: Mapped[str] = mapped_column(String(4000), default="")
    """As the client sent it: a HEAD gives it back."""
    store_state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the object store needs to go on, for example a multipart upload's parts."""
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]

    @property
    def arrived_at(self) -> datetime:
        """When its last byte came, so far."""
        return self.expires_at - KEPT_UNFINISHED


class UploadLock(Base):
    """Who may write to an upload, where processes share no disk: a lease by the database's clock."""

    __tablename__ = "upload_locks"

    upload_id: Mapped[str] = mapped_column(Id, ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True)
    token: Mapped[str] = mapped_column(Id, unique=True)
    """Of this holding, not of the process: who lost it and got it again must not be taken for who had it."""
    until_ms: Mapped[int] = mapped_column(BigInteger)
    wanted: Mapped[bool]
    """Somebody waits for it."""


class JoinLink(Base):
    """A code by which a phone sends rehearsals of one step, nothing else. Only its sha256 is kept."""

    __tablename__ = "join_links"

    id: Mapped[PrimaryId]
    made_by_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    """Who was logged in on the laptop: her right to film is what the phone films by."""
    action_step_id: Mapped[str] = mapped_column(
        Id, ForeignKey("action_steps.id", ondelete="CASCADE"), index=True
    )
    meeting_id: Mapped[str | None] = mapped_column(Id, ForeignKey("meetings.id", ondelete="SET NULL"))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    made_by: Mapped[Person] = relationship(lazy="joined")
    action_step: Mapped[ActionStep] = relationship(lazy="joined")


class JoinedUpload(Base):
    """An upload that a phone began by a link: the only ones it can go on with."""

    __tablename__ = "joined_uploads"

    upload_id: Mapped[str] = mapped_column(Id, ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True)
    join_link_id: Mapped[str] = mapped_column(Id, ForeignKey("join_links.id", ondelete="CASCADE"), index=True)
