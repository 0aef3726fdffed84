"""Uploads: films on their way in, resumable to the byte."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word


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
